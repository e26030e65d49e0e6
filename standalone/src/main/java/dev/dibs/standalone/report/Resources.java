package dev.dibs.standalone.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text files on the class path. */
final class Resources {
    private Resources() {}

    /** @param path from the root of the class path */
    static String text(String path) throws IOException {
        try (InputStream file = Resources.class.getResourceAsStream("/" + path)) {
            if (file == null) {
                throw new FileNotFoundException("there is no " + path + " on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @param name of a file of this package */
    static String own(String name) {
        try {
            return text(Resources.class.getPackageName().replace('.', '/') + "/" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
