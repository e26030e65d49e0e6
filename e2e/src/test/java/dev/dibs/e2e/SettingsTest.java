package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.ApiProperties;
import dev.dibs.processor.ProcessorProperties;
import dev.dibs.projector.ProjectorProperties;
import dev.dibs.settings.SettingNames;
import dev.dibs.settings.Settings;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One list of settings, and what the services read and the documents tell is that list. */
class SettingsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern PROPERTY = Pattern.compile("`(dibs\\.[a-z0-9.\\[\\]-]+)`");
    private static final Pattern VARIABLE = Pattern.compile("\\bDIBS_[A-Z0-9_]*[A-Z0-9]\\b");
    private static final Pattern OF_A_LOGIN = Pattern.compile("\\bDIBS_JWT_ISSUERS_0_([A-Z]+)\\b");

    /** The API reads these where they are used, and not with the others. */
    private static final Set<String> READ_BY_THEMSELVES =
            Set.of("dibs.eligibility.max-accounts", "dibs.import.max-bytes");

    @Test
    void theListIsWhatTheServicesRead() {
        Set<String> read = new TreeSet<>(ofApi());
        read.addAll(of(ProcessorProperties.class, "dibs."));
        read.addAll(of(ProjectorProperties.class, "dibs."));

        assertThat(Settings.OF_SERVICES).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void theTableTellsOfEachSettingWhichServiceReadsIt() throws IOException {
        Map<String, List<Boolean>> told = table();

        assertThat(readers(told, 0)).isEqualTo(withoutLogins(ofApi()));
        assertThat(readers(told, 1)).isEqualTo(of(ProcessorProperties.class, "dibs."));
        assertThat(readers(told, 2)).isEqualTo(of(ProjectorProperties.class, "dibs."));
    }

    @Test
    void theSettingsOfAnotherLoginAreToldAsVariables() throws IOException {
        Set<String> told = new TreeSet<>();
        OF_A_LOGIN.matcher(read("docs/configuration.md")).results().forEach(found -> told.add(found.group(1)));
        Set<String> all = new TreeSet<>();
        for (String name : of(ApiProperties.CompanyLogin.class, "")) {
            all.add(name.replace("-", "").toUpperCase(Locale.ROOT));
        }

        assertThat(told).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/configuration.md", "README.md", "CONTRIBUTING.md", "docker-compose.yml", "dibs"})
    void everyVariableThatIsToldOfIsKnown(String file) throws IOException {
        String[] told =
                VARIABLE.matcher(read(file)).results().map(MatchResult::group).toArray(String[]::new);

        assertThat(told).isNotEmpty();
        assertThat(new SettingNames().complaint(told, true)).isEmpty();
    }

    /** Of each property in the table, whether the API, the stream-processor and the projector read it. */
    private static Map<String, List<Boolean>> table() throws IOException {
        Map<String, List<Boolean>> table = new LinkedHashMap<>();
        for (String line : read("docs/configuration.md").lines().toList()) {
            if (!line.startsWith("| `dibs.")) {
                continue;
            }
            String[] cells = line.split("\\|", -1);
            List<Boolean> readers = new ArrayList<>();
            for (int i = 3; i <= 5; i++) {
                readers.add(cells[i].contains("●"));
            }
            PROPERTY.matcher(cells[1]).results().forEach(found -> {
                if (!found.group(1).contains("[")) {
                    table.put(found.group(1), readers);
                }
            });
        }
        return table;
    }

    private static Set<String> readers(Map<String, List<Boolean>> table, int service) {
        Set<String> read = new TreeSet<>();
        table.forEach((property, readers) -> {
            if (readers.get(service)) {
                read.add(property);
            }
        });
        return read;
    }

    private static Set<String> withoutLogins(Set<String> properties) {
        Set<String> others = new TreeSet<>(properties);
        others.removeIf(property -> property.contains(Settings.ANY_ELEMENT));
        return others;
    }

    private static Set<String> ofApi() {
        Set<String> read = of(ApiProperties.class, "dibs.");
        read.addAll(READ_BY_THEMSELVES);
        return read;
    }

    /** The properties that are bound to a record, in the form in which they are documented. */
    private static Set<String> of(Class<?> settings, String prefix) {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : settings.getRecordComponents()) {
            String name =
                    prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                names.addAll(of(component.getType(), name + "."));
            } else if (component.getGenericType() instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] instanceof Class<?> element
                    && element.isRecord()) {
                names.addAll(of(element, name + Settings.ANY_ELEMENT + "."));
            } else {
                names.add(name);
            }
        }
        return names;
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
