package dev.dibs.api.eligibility;

import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.operations.ProblemException;
import dev.dibs.codec.Json;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** A few accounts to add to a list and to remove from it: {@code {"add": [...], "remove": [...]}}. */
record AccountChange(AccountSet added, AccountSet removed) {
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_ACCOUNTS = 1_000;
    private static final String ADD = "add";
    private static final String REMOVE = "remove";

    static Mono<AccountChange> read(ServerRequest request) {
        MediaType type = request.headers().contentType().orElse(null);
        if (type == null || !MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)) {
            return Mono.error(new ProblemException(Problem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unknown-format",
                    "Send the change with Content-Type: application/json")));
        }
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), MAX_BYTES)
                .map(AccountChange::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(
                        DataBufferLimitException.class,
                        e -> new ProblemException(Problem.tooLarge("A change", MAX_BYTES, "bytes")))
                .map(AccountChange::parse);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static AccountChange parse(byte[] body) {
        JsonNode json;
        try {
            json = Json.parseObject(body);
        } catch (UndecodableRecordException e) {
            throw new ProblemException(Problem.faulty(
                    List.of(new Fault("", "the body must be one JSON object with add, remove or both"))));
        }
        List<Fault> faults = new ArrayList<>();
        for (String field : json.propertyNames()) {
            if (!field.equals(ADD) && !field.equals(REMOVE)) {
                faults.add(new Fault("", "a field is not known here; add and remove are"));
            }
        }
        AccountSet added = accounts(json, ADD, faults);
        AccountSet removed = accounts(json, REMOVE, faults);
        if (faults.isEmpty() && added.size() + removed.size() == 0) {
            faults.add(new Fault("", "add or remove must name an account"));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(Problem.faulty(faults));
        }
        return new AccountChange(added, removed);
    }

    private static AccountSet accounts(JsonNode json, String field, List<Fault> faults) {
        AccountCollector accounts = new AccountCollector();
        JsonNode listed = json.path(field);
        if (listed.isMissingNode()) {
            return accounts.toSet();
        }
        if (!listed.isArray() || listed.size() > MAX_ACCOUNTS) {
            faults.add(new Fault(
                    field, "must be a list of at most " + MAX_ACCOUNTS + " accounts; more than that go into a file"));
            return accounts.toSet();
        }
        int i = 0;
        for (JsonNode account : listed) {
            try {
                accounts.add(Fingerprint.of(new UserId(account.isString() ? account.stringValue() : null).value()));
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(field + "[" + i + "]", e.getMessage()));
            }
            i++;
        }
        return accounts.toSet();
    }
}
