package dev.dibs.chaos.cluster;

import dev.dibs.servers.Executables;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param environment beside what this program has, without any {@code DIBS_*} of it
 */
public record Launch(List<String> command, Map<String, String> environment) {
    /**
     * A dozen programs share the machine: what compiles and collects in the background of one is missing elsewhere. C1
     * alone is fast enough for the few requests here.
     */
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", "-XX:+ExitOnOutOfMemoryError");

    private static final int UNSAFE_WARNED_OF_FROM = 23;
    private static final String CLASS_PATH = "CLASSPATH";

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A program that is not Java. */
    static Launch of(List<String> command) {
        return new Launch(command, Map.of());
    }

    /** A server of ours, as {@link #java}; what Spring does for the services, has to be said here: how it logs. */
    static Launch server(int heapMegabytes, Class<?> main, List<String> arguments) {
        Launch launch = java(heapMegabytes, main.getName(), arguments);
        List<String> command = new ArrayList<>(launch.command);
        command.add(1, "-Dlogback.configurationFile=dev/dibs/servers/logback-server.xml");
        return new Launch(command, launch.environment);
    }

    /** A class on this program's class path, run by this program's Java. */
    static Launch java(int heapMegabytes, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMegabytes + "m");
        command.addAll(SMALL);
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= UNSAFE_WARNED_OF_FROM) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-Djava.awt.headless=true");
        command.add(mainClass);
        command.addAll(arguments);
        // In the environment it does not hide the command in a list of processes.
        return new Launch(command, Map.of(CLASS_PATH, System.getProperty("java.class.path")));
    }

    /** The same class, but what lies in this folder is found before anything of the same name. */
    Launch preferring(Path folder) {
        return with(Map.of(CLASS_PATH, folder + File.pathSeparator + environment.get(CLASS_PATH)));
    }

    Launch with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Launch(command, all);
    }

    /**
     * The same in a session of its own, so that Ctrl-C on the terminal reaches this program only, and it decides in which
     * order to stop the others.
     */
    Launch inOwnSession() {
        List<String> wrapped = new ArrayList<>();
        Executables.find("setsid").ifPresent(setsid -> wrapped.add(setsid.toString()));
        wrapped.addAll(command);
        return new Launch(wrapped, environment);
    }
}
