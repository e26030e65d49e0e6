package dev.dibs.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build has written down. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream file = Version.class.getResourceAsStream("version.txt")) {
            String version = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
            return new String[] {"dibs " + version};
        }
    }
}
