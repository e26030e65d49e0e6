package dev.dibs.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures all scenarios in interleaved rounds: what disturbs the machine for a while disturbs all of them alike. The
 * yardstick, the stack and the driver are three processes; only one server is under load at a time, and it is given
 * time to work off what it still has to do before the next measurement.
 */
public final class Bench {
    private static final String SOLD_OUT_SALE = "bench-sold-out";
    private static final String HELD_SALE = "bench-held";
    private static final int SOLD_OUT_STOCK = 100;
    private static final int REGULARS = 1_000;
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration REST = Duration.ofSeconds(60);
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final int MOST_WARM_UPS = 8;
    private static final double STILL_FASTER = 1.05;

    private final BenchPlan plan;
    private final Consumer<String> progress;
    private final Tokens tokens;
    private final Ready ready = new Ready();
    private final Driver driver;
    private final List<String> remarks = new ArrayList<>();

    public Bench(BenchPlan plan, Consumer<String> progress) throws IOException {
        this.plan = plan;
        this.progress = progress;
        this.tokens = new Tokens(plan.tokenKey(), Instant.now().plus(Duration.ofHours(12)));
        this.driver = WrkDriver.isInstalled() ? new WrkDriver(plan.folder()) : new JavaDriver(plan.folder());
    }

    /** Starts both servers, measures, and stops them. */
    public BenchReport run() throws IOException, InterruptedException {
        remarkBusyMachine();
        int port = freePort();
        URI yardstickAddress = URI.create("http://127.0.0.1:" + port);
        List<String> yardstickCommand =
                Programs.java(plan.jvmOptions(), Yardstick.class.getName(), List.of(Integer.toString(port)));
        List<String> stackCommand = Programs.java(
                plan.jvmOptions(),
                plan.stackMain().get(0),
                plan.stackMain().subList(1, plan.stackMain().size()));
        try (ServerProcess yardstick =
                        new ServerProcess("yardstick", yardstickCommand, Map.of(), log("yardstick.out"));
                ServerProcess stack = new ServerProcess("dibs", stackCommand, plan.environment(), log("stack.out"))) {
            yardstick.awaitAnswer(yardstickAddress.resolve(Yardstick.PATH), START);
            stack.awaitAnswer(plan.stack().resolve("/act/list"), START);
            progress.accept("yardstick and stack are up; driver: " + driver.name());
            return measure(yardstickAddress, yardstick, stack, plan.operator().apply(plan.stack()));
        }
    }

    private BenchReport measure(URI yardstickAddress, ServerProcess yardstick, ServerProcess stack, Operator operator)
            throws IOException, InterruptedException {
        Map<Scenario, Load> loads = prepare(yardstickAddress, operator);
        ConfirmedGrabs confirmed = new ConfirmedGrabs(plan, driver, tokens, operator, remarks);
        Map<Scenario, List<Measurement>> measured = new EnumMap<>(Scenario.class);
        progress.accept("warming up");
        warmUp(confirmed, () -> rest(yardstick, stack));
        for (int round = 0; round <= plan.rounds(); round++) {
            progress.accept(round == 0 ? "warming up, all rows" : "round " + round + " of " + plan.rounds());
            Duration time = round == 0 ? WARM_UP : plan.time();
            for (Scenario scenario : Scenario.values()) {
                Measurement measurement = scenario == Scenario.CONFIRMED
                        ? confirmed.measure(round, time, () -> rest(yardstick, stack))
                        : measure(loads.get(scenario), time, yardstick, stack);
                remarkTroubles(scenario, measurement, round);
                tell(scenario, measurement);
                if (round > 0) {
                    measured.computeIfAbsent(scenario, s -> new ArrayList<>()).add(measurement);
                }
            }
        }
        checkAnswers(loads);
        return BenchReport.of(measured, setting(), remarks);
    }

    /**
     * The way of a confirmed grab leads through far more code than any other: it is gone until it becomes no faster,
     * else it would be the compiler that is measured.
     */
    private void warmUp(ConfirmedGrabs confirmed, ConfirmedGrabs.Rest rest) throws IOException, InterruptedException {
        double fastest = 0;
        for (int pass = 1; pass <= MOST_WARM_UPS; pass++) {
            Measurement measurement = confirmed.measure(-pass, WARM_UP, rest);
            tell(Scenario.CONFIRMED, measurement);
            if (measurement.perSecond() < fastest * STILL_FASTER) {
                return;
            }
            fastest = Math.max(fastest, measurement.perSecond());
        }
    }

    private Measurement measure(Load load, Duration time, ServerProcess yardstick, ServerProcess stack)
            throws IOException, InterruptedException {
        rest(yardstick, stack);
        return driver.run(load, plan.connections(), time);
    }

    private static void rest(ServerProcess yardstick, ServerProcess stack) throws InterruptedException {
        stack.awaitIdle(REST);
        yardstick.awaitIdle(REST);
    }

    private void tell(Scenario scenario, Measurement measurement) {
        progress.accept(String.format(
                Locale.ROOT,
                "  %-44s %,10.0f/s  p99 %,.1f ms",
                scenario.title(),
                measurement.perSecond(),
                measurement.p99Millis()));
    }

    /** Everything but the confirmed grabs, which need a fresh sale each time. */
    private Map<Scenario, Load> prepare(URI yardstickAddress, Operator operator)
            throws IOException, InterruptedException {
        Path first = tokenFile("first", SOLD_OUT_STOCK);
        Path regulars = tokenFile("regular", REGULARS);
        operator.openSale(SOLD_OUT_SALE, SOLD_OUT_STOCK);
        operator.openSale(HELD_SALE, REGULARS);
        ready.each(new Load(plan.stack(), grab(SOLD_OUT_SALE), Optional.of(first)), 0);
        ready.each(new Load(plan.stack(), grab(HELD_SALE), Optional.of(regulars)), 0);

        Map<Scenario, Load> loads = new EnumMap<>(Scenario.class);
        loads.put(Scenario.CONSTANT, new Load(yardstickAddress, Yardstick.PATH, Optional.empty()));
        loads.put(Scenario.DETAIL, new Load(plan.stack(), "/act/detail?actId=" + HELD_SALE, Optional.empty()));
        loads.put(Scenario.SOLD_OUT, new Load(plan.stack(), grab(SOLD_OUT_SALE), Optional.of(regulars)));
        loads.put(Scenario.REPEATED, new Load(plan.stack(), grab(HELD_SALE), Optional.of(regulars)));
        loads.put(Scenario.LIST, new Load(plan.stack(), "/ticket/list", Optional.of(regulars)));
        checkAnswers(loads);
        return loads;
    }

    /** The driver only sees HTTP statuses; whether the right thing is answered is seen before and after. */
    private void checkAnswers(Map<Scenario, Load> loads) throws IOException, InterruptedException {
        for (Map.Entry<Scenario, Load> load : loads.entrySet()) {
            ready.once(load.getValue(), load.getKey() == Scenario.SOLD_OUT ? -2 : 0);
        }
    }

    private void remarkTroubles(Scenario scenario, Measurement measurement, int round) {
        if (measurement.refused() + measurement.broken() > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "round %d, %s: %,d answers with an HTTP error, %,d broken or slower than 5 s",
                    round,
                    scenario.key(),
                    measurement.refused(),
                    measurement.broken()));
        }
    }

    /** Figures from a machine that does something else at the same time are worth little, and must say so. */
    private void remarkBusyMachine() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        int processors = Runtime.getRuntime().availableProcessors();
        if (load > processors) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "the machine was busy before the measurement began: load average %.1f on %d processors",
                    load,
                    processors));
            progress.accept("warning: " + remarks.get(0));
        }
    }

    private Map<String, String> setting() {
        Map<String, String> setting = new LinkedHashMap<>();
        setting.put("driver", driver.name());
        setting.put("rounds", Integer.toString(plan.rounds()));
        setting.put("seconds", Long.toString(plan.time().toSeconds()));
        setting.put("connections", Integer.toString(plan.connections()));
        setting.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        setting.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        setting.put("jvmOptions", String.join(" ", plan.jvmOptions()));
        return setting;
    }

    private Path tokenFile(String prefix, int users) throws IOException {
        return tokens.write(plan.folder(), prefix, users);
    }

    private Path log(String name) {
        return plan.folder().resolve(name);
    }

    /** One requestId for all: it only has to be the buyer's own. */
    static String grab(String sale) {
        return "/ticket/get?actId=" + sale + "&requestId=b1";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
