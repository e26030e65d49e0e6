package dev.dibs.testkit;

/** One kind of Kafka, Redis and MongoDB to test against; each is started when it is first asked for. */
interface ServerSet extends AutoCloseable {
    /** For the line that says what the tests run against. */
    String description();

    /** Bootstrap servers. */
    String kafka();

    /** A {@code redis://} address. */
    String redis();

    /** A {@code mongodb://} address. */
    String mongodb();

    @Override
    void close();
}
