package dev.dibs.standalone;

import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.OperatorClient;
import dev.dibs.standalone.stack.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which running server a command talks to, and who is talking: a token, or the operators' account with its password. */
final class ServerOptions {
    /** RFC 6750, section 2.1; or nothing. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]*=*");

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

    /** A file, and no option with the token itself: every list of processes would show that. */
    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "holds an access token, used instead of logging in; else DIBS_TOKEN, else a password")
    private Path tokenFile;

    /** @throws ProblemException where nobody has said who is talking, or to whom */
    OperatorClient operator() {
        if (tokenFile != null && passwordFile != null) {
            throw new ProblemException("--token-file and --password-file exclude each other");
        }
        String token = passwordFile == null ? token() : "";
        return token.isEmpty() ? new OperatorClient(url(), password()) : OperatorClient.withToken(url(), token);
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

    /** Empty where there is none. */
    private String token() {
        String token =
                tokenFile == null ? GivenServers.given("DIBS_TOKEN").orElse("").strip() : read("token", tokenFile);
        if (tokenFile != null && token.isEmpty()) {
            throw new ProblemException("the token file " + tokenFile + " is empty");
        }
        if (!TOKEN.matcher(token).matches()) {
            // Not a word of it: it may be a password in the wrong place.
            throw new ProblemException(
                    (tokenFile == null ? "DIBS_TOKEN" : tokenFile.toString()) + " does not hold an access token");
        }
        return token;
    }

    private String password() {
        if (passwordFile != null) {
            return read("password", passwordFile);
        }
        String given = System.getenv("DIBS_ADMIN_PASSWORD");
        return given == null || given.isEmpty() ? DataFolder.adminPassword(data) : given;
    }

    private static String read(String what, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ProblemException("the " + what + " file " + file + " cannot be read", e);
        }
    }
}
