package dev.dibs.standalone.stack;

import dev.dibs.api.ApiApplication;
import dev.dibs.processor.ProcessorApplication;
import dev.dibs.projector.ProjectorApplication;
import dev.dibs.standalone.console.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Servers and services in one process: Kafka, Redis and the document database first, then the stream-processor, the
 * projector and the API. The same stack serves {@code dibs up}, the demo and the tests.
 */
public final class Stack implements AutoCloseable {
    private static final String PROCESSOR = "stream-processor";
    private static final String PROJECTOR = "projector";
    private static final String API = "API";

    private final StackOptions options;
    private final StackListener listener;
    private final DataFolder folder;
    private final Parts parts;
    private final List<Service> apis = new ArrayList<>();
    private final List<URI> urls = new ArrayList<>();
    private Secrets secrets;
    private Addresses addresses;
    private Service processor;
    private Service projector;
    private boolean closed;

    /**
     * A stack that has not been started yet, so that whoever holds it can stop it at any time.
     *
     * @param folder which the stack from now on holds, and lets go of when it is closed
     */
    public Stack(StackOptions options, StackListener listener, DataFolder folder) {
        this.options = options;
        this.listener = listener;
        this.folder = folder;
        this.parts = new Parts(listener);
    }

    /**
     * Takes hold of the data folder and starts everything.
     *
     * @throws ProblemException where something cannot start; then nothing is left running
     */
    public static Stack start(StackOptions options, StackListener listener) {
        Stack stack = new Stack(options, listener, DataFolder.open(options.data()));
        stack.start();
        return stack;
    }

    /**
     * Starts everything, and returns once the API answers.
     *
     * @throws ProblemException where something cannot start; then nothing is left running
     */
    public void start() {
        try {
            Reachability.requireFree(options.host(), options.port());
            Servers.requireReachable(options);
            startAll();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void startAll() {
        Secrets own = folder.secrets();
        secrets = options.adminPassword().map(own::withAdminPassword).orElse(own);
        secrets = options.jwtSecret().map(secrets::withJwtSecret).orElse(secrets);
        addresses = Servers.start(folder, options, parts, listener);
        startProcessor();
        startProjector();
        for (int i = 0; i < options.apis(); i++) {
            startApi(i);
        }
        folder.noteRunning(url(), addresses);
    }

    private void startProcessor() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("dibs.kafka", addresses.kafka());
        properties.put("dibs.data.dir", folder.path().toString());
        // The same name again takes over at once what a crash has left.
        properties.put("dibs.instance", "standalone");
        properties.put("dibs.pseudonym.key", PseudonymKeys.key(secrets));
        processor = start(PROCESSOR, ProcessorApplication.builder(), properties, false);
    }

    private void startProjector() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("dibs.kafka", addresses.kafka());
        properties.put("dibs.mongodb", addresses.mongodb());
        projector = start(PROJECTOR, ProjectorApplication.builder(), properties, false);
    }

    private void startApi(int index) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("dibs.kafka", addresses.kafka());
        properties.put("dibs.mongodb", addresses.mongodb());
        properties.put("dibs.port", Integer.toString(index == 0 ? options.port() : 0));
        properties.put("server.address", options.host());
        properties.put("dibs.redis", addresses.redis());
        properties.put("dibs.jwt.secret", secrets.jwtSecret());
        properties.put("dibs.admin.password", secrets.adminPassword());
        properties.put("dibs.address-salt", secrets.addressSalt());
        properties.putAll(options.apiProperties());
        String name = options.apis() == 1 ? API : API + " " + (index + 1);
        Service api = start(
                name,
                new SpringApplicationBuilder(ApiApplication.class).web(WebApplicationType.REACTIVE),
                properties,
                true);
        URI url = urlOf(api);
        if (index < apis.size()) {
            apis.set(index, api);
            urls.set(index, url);
        } else {
            apis.add(api);
            urls.add(url);
        }
    }

    private Service start(
            String name, SpringApplicationBuilder application, Map<String, String> properties, boolean listens) {
        long begin = System.nanoTime();
        Service service = Service.start(name, application, properties);
        parts.add(name, service);
        listener.started(name, listens ? urlOf(service).toString() : "", Duration.ofNanos(System.nanoTime() - begin));
        return service;
    }

    private URI urlOf(Service api) {
        return url(options.host(), api.port());
    }

    /** Where somebody on this machine reaches whoever listens there. */
    static URI url(String listensOn, int port) {
        // Listening on all addresses includes these.
        String host = switch (listensOn) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> listensOn;
        };
        return URI.create(
                "http://" + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port);
    }

    /** Where the first API listens. */
    public URI url() {
        return urls.get(0);
    }

    /** Where each API listens. */
    public List<URI> urls() {
        return List.copyOf(urls);
    }

    public Addresses addresses() {
        return addresses;
    }

    /** What holds the activities, as a person would look for it: the folder, or the Kafka that was given instead. */
    public String activitiesAt() {
        return options.kafka()
                .map(given -> "the Kafka at " + Addresses.shown(given) + " (DIBS_KAFKA)")
                .orElseGet(() -> "the data folder " + folder.path());
    }

    public Secrets secrets() {
        return secrets;
    }

    public DataFolder folder() {
        return folder;
    }

    /** Stops and starts one API; it may listen on another port afterwards. */
    public synchronized void restartApi(int index) {
        parts.stop(apis.get(index));
        startApi(index);
    }

    public synchronized void restartProcessor() {
        parts.stop(processor);
        startProcessor();
    }

    public synchronized void restartProjector() {
        parts.stop(projector);
        startProjector();
    }

    /** Stops everything in the opposite order, each part within bounded time, and lets go of the folder. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            parts.stopAll();
            folder.close();
        }
    }
}
