package dev.dibs.standalone;

import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.OperatorClient;
import dev.dibs.standalone.stack.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which running server a command talks to, and with which password. */
final class ServerOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the server, such as http://127.0.0.1:8080; the one of --data if left out")
    private URI url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:DIBS_DATA_DIR:-dibs-data}",
            description = "data folder of a running 'dibs up' (DIBS_DATA_DIR; default: ${DEFAULT-VALUE})")
    private Path data;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "holds the admin password; else DIBS_ADMIN_PASSWORD, else the one in the data folder")
    private Path passwordFile;

    OperatorClient operator() {
        return new OperatorClient(url(), password());
    }

    private URI url() {
        if (url == null) {
            return DataFolder.running(data)
                    .orElseThrow(() -> new ProblemException(
                            "no dibs is running on the data folder " + data + "; say which server with --url"))
                    .url();
        }
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new ProblemException("--url must be like http://127.0.0.1:8080 but is " + url);
        }
        return url;
    }

    private String password() {
        if (passwordFile != null) {
            try {
                return Files.readString(passwordFile).strip();
            } catch (IOException e) {
                throw new ProblemException("the password file " + passwordFile + " cannot be read", e);
            }
        }
        String given = System.getenv("DIBS_ADMIN_PASSWORD");
        return given == null || given.isEmpty() ? DataFolder.adminPassword(data) : given;
    }
}
