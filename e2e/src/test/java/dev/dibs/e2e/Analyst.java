package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dibs.servers.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody with a folder, the tools that are at hand, and docs/analysts.md, of which every recipe is run as it stands. */
final class Analyst implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Analyst.class);
    private static final String PYTHON_CLIENT = "confluent-kafka==2.16.1";

    private final Path folder;
    private final Shell shell;
    private final Connection duckDb;

    private Analyst(Path folder, Connection duckDb) {
        this.folder = folder;
        this.shell = new Shell(folder);
        this.duckDb = duckDb;
    }

    static Analyst in(Path folder) throws SQLException {
        Analyst analyst = new Analyst(folder, DriverManager.getConnection("jdbc:duckdb:"));
        try (Statement statement = analyst.duckDb.createStatement()) {
            // Where an analyst would have started it.
            statement.execute("SET file_search_path = '" + folder + "'");
        }
        return analyst;
    }

    static boolean hasKcat() {
        return Executables.find("kcat").isPresent();
    }

    /** Where kcat is missing, what it would write is written without it, so that the others can be run. */
    void fetch() {
        if (hasKcat()) {
            script("fetch");
        } else {
            log.warn("Not run: the recipes for kcat, which is not installed");
            TopicFiles.write(folder);
        }
    }

    /** @return what the recipe prints */
    String script(String recipe) {
        return shell.script(Recipes.named(recipe).text());
    }

    void execute(String recipe) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            for (String sql : Recipes.named(recipe).statements()) {
                statement.execute(sql);
            }
        }
    }

    /** The rows that a recipe answers of one activity, by the names of the columns. */
    List<Map<String, Object>> answers(String recipe, String activityId) throws SQLException {
        List<String> statements = Recipes.named(recipe).statements();
        assertThat(statements).hasSize(1);
        return query(statements.get(0)).stream()
                .filter(row -> activityId.equals(row.get("activityId")))
                .toList();
    }

    List<Map<String, Object>> query(String sql) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    Object value = result.getObject(column);
                    row.put(
                            result.getMetaData().getColumnLabel(column),
                            value instanceof Timestamp time ? time.toLocalDateTime() : value);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /**
     * What a recipe for Python prints.
     *
     * @param recipe also the name of the file that it is kept in
     */
    String python(String recipe) throws IOException {
        String python = pythonWithClient();
        Files.writeString(folder.resolve(recipe), Recipes.named(recipe).text());
        Shell.Result result = shell.run(python, recipe);
        assertThat(result.isSuccess()).as("%s", result).isTrue();
        return result.output();
    }

    /** Where there is none the test is skipped, and says why. */
    private String pythonWithClient() {
        assumeThat(Executables.find("python3")).as("python3, on the PATH").isPresent();
        if (shell.run("python3", "-c", "import confluent_kafka").isSuccess()) {
            return "python3";
        }
        Shell.Result made = shell.run("python3", "-m", "venv", "venv");
        assumeThat(made.isSuccess()).as("a virtual environment: %s", made).isTrue();
        String python = folder.resolve("venv/bin/python").toString();
        Shell.Result had = shell.run(python, "-m", "pip", "install", "--quiet", "--only-binary=:all:", PYTHON_CLIENT);
        if (!had.isSuccess()) {
            log.warn("Not run: the recipe for Python, whose client {} cannot be had: {}", PYTHON_CLIENT, had);
        }
        assumeThat(had.isSuccess()).as("%s: %s", PYTHON_CLIENT, had).isTrue();
        return python;
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
