package dev.dibs.settings;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Tells which names are no settings, and which one somebody may have meant. Where nobody looked, a misspelt setting would
 * be ignored silently; Spring itself never looks at variables.
 */
public final class SettingNames {
    private static final String PREFIX = "dibs.";
    private static final String VARIABLE_PREFIX = "DIBS_";

    /** A word too few, such as the DB of MONGODB, and a slip. */
    private static final int NEAR = 3;

    private final Set<String> properties = new TreeSet<>(Settings.OF_SERVICES);
    private final Set<String> variables = new TreeSet<>(Settings.VARIABLES_ONLY);

    public SettingNames() {
        for (String property : properties) {
            variables.add(variable(property));
            // The form that Spring documents has no trace of the hyphen.
            variables.add(variable(property.replace("-", "")));
        }
        properties.addAll(Settings.OF_PROGRAMS);
    }

    /**
     * Of all the names that a source of settings has.
     *
     * @param environment whether they are environment variables; else they are properties
     * @return what is wrong with the first that Dibs should know and does not
     */
    public Optional<String> complaint(String[] names, boolean environment) {
        UnaryOperator<String> check = environment ? this::complaintAboutVariable : this::complaint;
        return Stream.of(names).map(check).filter(Objects::nonNull).findFirst();
    }

    private static String variable(String property) {
        return property.replace(Settings.ANY_ELEMENT, "_N")
                .replace('.', '_')
                .replace('-', '_')
                .toUpperCase(Locale.ROOT);
    }

    /** @return what is wrong with this property's name, or null where it is known, or not of Dibs */
    String complaint(String property) {
        String plain = plain(property);
        if (!plain.startsWith(PREFIX)
                || properties.stream().anyMatch(known -> plain(known).equals(plain))) {
            return null;
        }
        return property + " is not a setting" + hint(property, properties);
    }

    /** Spring takes a property's name in any case, with or without hyphens, and elements of lists by their number. */
    private static String plain(String property) {
        return property.toLowerCase(Locale.ROOT)
                .replaceAll("\\[\\d+]$", "")
                .replaceAll("\\[\\d+]", Settings.ANY_ELEMENT)
                .replace("-", "")
                .replace("_", "");
    }

    /** @return what is wrong with this environment variable's name, or null where it is known, or not of Dibs */
    String complaintAboutVariable(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        if (!name.startsWith(VARIABLE_PREFIX) || variables.contains(plainVariable(name))) {
            return null;
        }
        return variable + " is not a setting" + hint(name, variables);
    }

    /** {@code DIBS_LISTS_0_NAME} is an element of a list of records, {@code DIBS_LIST_0} one of a list of texts. */
    private static String plainVariable(String name) {
        return name.replaceAll("_\\d+$", "").replaceAll("_\\d+_", "_N_");
    }

    /** Only where it is near: whoever has made up a name is not helped by another one. */
    private static String hint(String name, Set<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= NEAR)
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("");
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
