package dev.dibs.chaos;

import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.CodeSecrets;
import dev.dibs.pseudonyms.Pseudonyms;
import java.net.URI;
import java.util.List;

/**
 * Where a running installation is reached.
 *
 * @param apis one address for each API instance, in a fixed order, also while an instance is down
 * @param kafka bootstrap servers, past any proxy
 * @param redis the URI that the services themselves use, but past any proxy
 * @param mongodb URI, past any proxy
 * @param adminPassword of the operator {@code admin}
 * @param tokenKey with which buyers' tokens are signed (HS256)
 */
public record Targets(
        List<URI> apis, String kafka, String redis, String mongodb, String adminPassword, String tokenKey) {
    public Targets {
        apis = List.copyOf(apis);
        if (apis.isEmpty()) {
            throw new IllegalArgumentException("at least one API instance is needed");
        }
    }

    /** Opens the codes that the services have stored: by default they are sealed with the key of the tokens. */
    public CodeSeal seal() {
        return new CodeSeal(CodeSecrets.of(List.of(), "", tokenKey));
    }

    /** What buyers are called in the results: here the same secret serves. */
    public Pseudonyms pseudonyms() {
        return new Pseudonyms(tokenKey);
    }
}
