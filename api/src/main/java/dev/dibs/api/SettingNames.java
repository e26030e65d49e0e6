package dev.dibs.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The names of all settings of Dibs, and which of them somebody may have meant. */
final class SettingNames {
    private static final String PREFIX = "dibs.";
    private static final String ANY_ELEMENT = "[n]";

    /**
     * Settings of the other services, of the standalone program and of the tests: one environment, command line or file
     * may serve them all.
     */
    private static final Set<String> OF_OTHERS = Set.of(
            "dibs.chaos.each",
            "dibs.chaos.minutes",
            "dibs.chaos.redis",
            "dibs.chaos.teeth",
            "dibs.data.dir",
            "dibs.eligibility.max-accounts",
            "dibs.health.file",
            "dibs.home",
            "dibs.import.max-bytes",
            "dibs.log.file",
            "dibs.model.heavy",
            "dibs.pseudonym.key",
            "dibs.rebuild",
            "dibs.seed",
            "dibs.standby-replicas",
            "dibs.start.timeout");

    /** Variables of scripts, of the program's commands and of tests that are no properties. */
    private static final Set<String> VARIABLES_OF_OTHERS = Set.of("DIBS_JAVA_OPTS", "DIBS_TEST_SERVERS", "DIBS_TOKEN");

    private final Set<String> properties = new TreeSet<>(OF_OTHERS);
    private final Set<String> variables = new TreeSet<>(VARIABLES_OF_OTHERS);

    SettingNames() {
        addComponents(ApiProperties.class, PREFIX);
        for (String property : properties) {
            variables.add(variable(property));
            // The form that Spring documents has no trace of the hyphen.
            variables.add(variable(property.replace("-", "")));
        }
    }

    private void addComponents(Class<?> settings, String prefix) {
        for (RecordComponent component : settings.getRecordComponents()) {
            String name = prefix + kebab(component.getName());
            if (component.getType().isRecord()) {
                addComponents(component.getType(), name + ".");
            } else if (elements(component) instanceof Class<?> element && element.isRecord()) {
                addComponents(element, name + ANY_ELEMENT + ".");
            } else {
                properties.add(name);
            }
        }
    }

    /** What a list has in it; null where the component is no list. */
    private static Type elements(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType type ? type.getActualTypeArguments()[0] : null;
    }

    private static String kebab(String camelCase) {
        return camelCase
                .chars()
                .mapToObj(c -> Character.isUpperCase(c)
                        ? "-" + Character.toString(Character.toLowerCase(c))
                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static String variable(String property) {
        return property.replace(ANY_ELEMENT, "_N")
                .replace('.', '_')
                .replace('-', '_')
                .toUpperCase(Locale.ROOT);
    }

    static boolean isOfDibs(String property) {
        return property.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    /** @return what is wrong with this property's name, or null where it is known */
    String complaint(String property) {
        String plain = plain(property);
        if (properties.stream().anyMatch(known -> plain(known).equals(plain))) {
            return null;
        }
        return property + " is not a setting; did you mean " + nearest(property, properties) + "?";
    }

    /** Spring takes a property's name in any case, with or without hyphens, and elements of lists by their number. */
    private static String plain(String property) {
        return property.toLowerCase(Locale.ROOT)
                .replaceAll("\\[\\d+]$", "")
                .replaceAll("\\[\\d+]", ANY_ELEMENT)
                .replace("-", "")
                .replace("_", "");
    }

    /** @return what is wrong with this environment variable's name, or null where it is known, or not of Dibs */
    String complaintAboutVariable(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        if (!name.startsWith("DIBS_") || variables.contains(plainVariable(name))) {
            return null;
        }
        return variable + " is not a setting; did you mean " + nearest(name, variables) + "?";
    }

    /** {@code DIBS_LISTS_0_NAME} is an element of a list of records, {@code DIBS_LIST_0} one of a list of texts. */
    private static String plainVariable(String name) {
        return name.replaceAll("_\\d+$", "").replaceAll("_\\d+_", "_N_");
    }

    private static String nearest(String name, Set<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow();
    }

    /** How many characters must be changed, added or left out: Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
