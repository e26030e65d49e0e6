package dev.dibs.testkit;

/**
 * A server that speaks MongoDB's protocol.
 *
 * @param name for the reports of the tests
 * @param uri its address, without a database
 */
public record MongoServer(String name, String uri) {
    @Override
    public String toString() {
        return name;
    }
}
