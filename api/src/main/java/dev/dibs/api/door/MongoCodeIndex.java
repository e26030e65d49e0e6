package dev.dibs.api.door;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ledger.Fingerprint;
import java.time.Duration;
import java.util.HexFormat;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** The fingerprints that imports leave: the fingerprint is the document's id, so that nothing is looked through. */
final class MongoCodeIndex implements CodeIndex {
    private static final HexFormat HEX = HexFormat.of();

    private final MongoCollection<Document> fingerprints;
    private final Duration timeout;

    MongoCodeIndex(MongoDatabase database, Duration timeout) {
        this.fingerprints = database.getCollection(Documents.CODE_FINGERPRINTS);
        this.timeout = timeout;
    }

    @Override
    public Mono<CodePlace> find(String code) {
        Fingerprint fingerprint = Fingerprint.of(code);
        String id = HEX.toHexDigits(fingerprint.high()) + HEX.toHexDigits(fingerprint.low());
        return Mono.from(fingerprints.find(Filters.eq("_id", id)).first())
                .map(found -> new CodePlace(
                        new ActivityId(found.getString("activityId")),
                        new ImportId(found.getString("importId")),
                        found.getInteger("row")))
                .timeout(timeout);
    }
}
