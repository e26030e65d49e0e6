package dev.dibs.api.door;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.codes.CodeFingerprint;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The fingerprints that imports leave: the fingerprint is the document's id, so that nothing is looked through. */
final class MongoCodeIndex implements CodeIndex {
    private final MongoCollection<Document> fingerprints;
    private final CodeFingerprint keyed;
    private final Duration timeout;

    MongoCodeIndex(MongoDatabase database, CodeFingerprint keyed, Duration timeout) {
        this.fingerprints = database.getCollection(Documents.CODE_FINGERPRINTS);
        this.keyed = keyed;
        this.timeout = timeout;
    }

    @Override
    public Mono<CodePlace> find(String code) {
        String plain = CodeFingerprint.plain(code);
        // Codes of a time when fingerprints had no key are there under the plain one. Where both are, the keyed one is
        // the later.
        return Flux.from(fingerprints.find(Filters.in("_id", List.of(keyed.keyed(plain), plain))))
                .collectMap(found -> CodeFingerprint.isKeyed(found.getString("_id")))
                .flatMap(found -> Mono.justOrEmpty(found.getOrDefault(true, found.get(false))))
                .map(found -> new CodePlace(
                        new ActivityId(found.getString("activityId")),
                        new ImportId(found.getString("importId")),
                        found.getInteger("row")))
                .timeout(timeout);
    }
}
