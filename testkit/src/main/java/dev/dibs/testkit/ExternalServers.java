package dev.dibs.testkit;

import java.util.function.UnaryOperator;

/** Servers that somebody else runs, at the addresses that Dibs itself would be given. */
final class ExternalServers implements ServerSet {
    private final UnaryOperator<String> environment;

    /** @param environment value of a variable, null where it is not set */
    ExternalServers(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public String description() {
        return "external servers (DIBS_KAFKA, DIBS_REDIS, DIBS_MONGODB)";
    }

    @Override
    public String kafka() {
        return address("DIBS_KAFKA");
    }

    @Override
    public String redis() {
        return address("DIBS_REDIS");
    }

    @Override
    public String mongodb() {
        return address("DIBS_MONGODB");
    }

    private String address(String variable) {
        String address = environment.apply(variable);
        if (address == null || address.isBlank()) {
            throw new IllegalStateException(
                    "The tests are to run against external servers (%s=external), but %s is not set"
                            .formatted(TestServers.SWITCH, variable));
        }
        return address;
    }

    @Override
    public void close() {
        // They are not ours to stop.
    }
}
