package dev.dibs.standalone.stack;

/**
 * Where the servers are that a stack works on.
 *
 * @param kafka bootstrap servers
 * @param redis URI
 * @param mongodb connection string
 * @param database name of the database in MongoDB
 */
public record Addresses(String kafka, String redis, String mongodb, String database) {
    public Addresses {
        require("kafka", kafka);
        require("redis", redis);
        require("mongodb", mongodb);
        require("database", database);
    }

    /** An address without the password that may stand in it. */
    static String shown(String address) {
        return address.replaceAll("//[^/@]*@", "//***@");
    }

    private static void require(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
    }
}
