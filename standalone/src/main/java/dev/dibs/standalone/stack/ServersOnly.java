package dev.dibs.standalone.stack;

/** The servers of a data folder without the services, for whoever only reads. */
public final class ServersOnly implements AutoCloseable {
    private final Parts parts;
    private final Addresses addresses;

    private ServersOnly(Parts parts, Addresses addresses) {
        this.parts = parts;
        this.addresses = addresses;
    }

    /** @param folder which stays the caller's */
    public static ServersOnly start(DataFolder folder, StackOptions options) {
        Servers.requireReachable(options);
        Parts parts = new Parts(StackListener.SILENT);
        try {
            return new ServersOnly(parts, Servers.start(folder, options, parts, StackListener.SILENT));
        } catch (RuntimeException | Error e) {
            parts.stopAll();
            throw e;
        }
    }

    public Addresses addresses() {
        return addresses;
    }

    @Override
    public void close() {
        parts.stopAll();
    }
}
