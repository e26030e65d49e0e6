package dev.dibs.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of code in docs/analysts.md, as they stand there. */
final class Recipes {
    /** In the place of a name, in a block that no test runs. */
    static final String NOT_RUN = "not-run";

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*) ?(\\S*)\\n(.*?)^```$");
    private static final Path PAGE = page();

    /**
     * One block.
     *
     * @param name the word after the language
     * @param chapter the heading above it, of the second level
     */
    record Recipe(String language, String name, String chapter, String text) {
        /** Of SQL: one statement after the other. */
        List<String> statements() {
            return Pattern.compile(";\\s*(?:\\n|$)")
                    .splitAsStream(text)
                    .filter(statement -> !statement.isBlank())
                    .toList();
        }
    }

    private Recipes() {}

    static List<Recipe> all() {
        String page;
        try {
            page = Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Recipe> recipes = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            String before = page.substring(0, block.start());
            int heading = before.lastIndexOf("\n## ");
            String chapter = before.substring(heading + 4, before.indexOf('\n', heading + 4));
            recipes.add(new Recipe(block.group(1), block.group(2), chapter, block.group(3)));
        }
        return recipes;
    }

    static Recipe named(String name) {
        return all().stream()
                .filter(recipe -> recipe.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(PAGE + " has no recipe called " + name));
    }

    private static Path page() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("docs/analysts.md"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("Tests must be started within the repository");
            }
        }
        return folder.resolve("docs/analysts.md");
    }
}
