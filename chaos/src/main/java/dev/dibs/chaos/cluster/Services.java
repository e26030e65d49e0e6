package dev.dibs.chaos.cluster;

import dev.dibs.servers.FreePorts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dibs itself: two instances of the API, two stream-processors, a projector, all by their main classes. */
final class Services {
    private static final String API = "dev.dibs.api.ApiApplication";
    private static final String PROCESSOR = "dev.dibs.processor.ProcessorApplication";
    private static final String PROJECTOR = "dev.dibs.projector.ProjectorApplication";
    private static final int API_MEGABYTES = 384;
    private static final int OTHERS_MEGABYTES = 256;
    private static final int EACH = 2;
    private static final String PARTITIONS = "6";
    private static final String COPIES = "3";

    /**
     * Where the services find their servers.
     *
     * @param kafka bootstrap servers
     */
    record Servers(String kafka, String redis, String mongodb) {}

    private final Path folder;
    private final Path pids;
    private final Servers servers;
    private final Secrets secrets;
    private final List<String> apiSettings;
    private final Optional<Path> doctored;
    private final List<Member> apis = new ArrayList<>();
    private final List<URI> urls = new ArrayList<>();
    private final List<Member> others = new ArrayList<>();

    /** @param doctored classes and scripts that these services take instead of their own */
    Services(
            Path folder,
            Path pids,
            Servers servers,
            Secrets secrets,
            List<String> apiSettings,
            Optional<Path> doctored) {
        this.folder = folder;
        this.pids = pids;
        this.servers = servers;
        this.secrets = secrets;
        this.apiSettings = List.copyOf(apiSettings);
        this.doctored = doctored;
        for (int i = 1; i <= EACH; i++) {
            addApi("api-" + i);
            addProcessor("processor-" + i);
        }
        addProjector("projector");
    }

    private Launch service(int heapMegabytes, String main, List<String> arguments) {
        Launch launch = Launch.java(heapMegabytes, main, arguments);
        return doctored.map(launch::preferring).orElse(launch);
    }

    private void addApi(String name) {
        int port = FreePorts.next();
        URI url = URI.create("http://127.0.0.1:" + port);
        List<String> settings = new ArrayList<>(List.of(
                "--dibs.kafka=" + servers.kafka(),
                "--dibs.redis=" + servers.redis(),
                "--dibs.mongodb=" + servers.mongodb(),
                "--dibs.partitions=" + PARTITIONS,
                "--dibs.replication=" + COPIES,
                "--dibs.instance=" + name,
                "--dibs.port=" + port,
                // What is broken here are servers. A crowd that presses again and again while they are, all from one
                // address, would meet the limits instead.
                "--dibs.rate.grabs=0",
                "--dibs.rate.address.per-second=0",
                "--server.address=127.0.0.1"));
        settings.addAll(apiSettings);
        Launch launch = service(API_MEGABYTES, API, settings)
                .with(Map.of("DIBS_JWT_SECRET", secrets.tokenKey(), "DIBS_ADMIN_PASSWORD", secrets.adminPassword()));
        apis.add(new Member(name, folder.resolve(name), pids, launch, () -> Probe.isOk(url.resolve("/readyz"))));
        urls.add(url);
    }

    private void addProcessor(String name) {
        Path own = folder.resolve(name);
        Path health = own.resolve(Member.HEALTH);
        Launch launch = service(
                        OTHERS_MEGABYTES,
                        PROCESSOR,
                        List.of(
                                "--dibs.kafka=" + servers.kafka(),
                                "--dibs.partitions=" + PARTITIONS,
                                "--dibs.replication=" + COPIES,
                                "--dibs.instance=" + name,
                                "--dibs.data.dir=" + own.resolve("data"),
                                "--dibs.health.file=" + health))
                .with(Map.of("DIBS_PSEUDONYM_KEY", secrets.tokenKey()));
        others.add(new Member(name, own, pids, launch, () -> isYoung(health)));
    }

    private void addProjector(String name) {
        Path own = folder.resolve(name);
        Path health = own.resolve(Member.HEALTH);
        Launch launch = service(
                OTHERS_MEGABYTES,
                PROJECTOR,
                List.of(
                        "--dibs.kafka=" + servers.kafka(),
                        "--dibs.mongodb=" + servers.mongodb(),
                        "--dibs.instance=" + name,
                        "--dibs.health.file=" + health));
        others.add(new Member(name, own, pids, launch, () -> isYoung(health)));
    }

    /** As a container's health check looks at it. */
    private static boolean isYoung(Path file) {
        try {
            long age =
                    System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
            return age < 10_000;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    List<Member> apis() {
        return apis;
    }

    List<URI> urls() {
        return urls;
    }

    List<Member> others() {
        return others;
    }
}
