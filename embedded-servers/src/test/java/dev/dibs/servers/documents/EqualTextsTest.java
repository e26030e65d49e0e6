package dev.dibs.servers.documents;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EqualTextsTest {
    private static final Document TICKET = new Document("_id", "t1")
            .append("nothing", null)
            .append("yes", true)
            .append("int32", -1)
            .append("int64", Long.MIN_VALUE)
            .append("double", 0.5)
            .append("date", Instant.ofEpochMilli(1))
            .append("object id", new ObjectId())
            .append("binary", new BinData(new byte[300]))
            .append("nested", new Document("user", "somebody else"))
            .append("array", List.of("u0", "u1"))
            .append("long text", "ü".repeat(200))
            .append("user", "u1");

    private static boolean canMatch(Document query, Document document) {
        return EqualTexts.of(query).canMatch(DocumentBytes.encode(document));
    }

    @Test
    void aTextIsFoundBehindValuesOfEveryType() {
        assertThat(canMatch(new Document("user", "u1"), TICKET)).isTrue();
        assertThat(canMatch(new Document("array", "u1").append("user", "u1"), TICKET))
                .isTrue();
        assertThat(canMatch(new Document("$and", List.of(new Document("user", "u1"))), TICKET))
                .isTrue();
    }

    @Test
    void whatIsAnotherTextOrNoneCannotMatch() {
        assertThat(canMatch(new Document("user", "u"), TICKET)).isFalse();
        assertThat(canMatch(new Document("user", "u11"), TICKET)).isFalse();
        assertThat(canMatch(new Document("int32", "-1"), TICKET)).isFalse();
        assertThat(canMatch(new Document("absent", "u1"), TICKET)).isFalse();
        assertThat(canMatch(new Document("use", "u1"), TICKET)).isFalse();
        assertThat(canMatch(new Document("$and", List.of(new Document("user", "u2"))), TICKET))
                .isFalse();
    }

    @Test
    void otherConditionsAreLeftToTheMatcher() {
        assertThat(canMatch(new Document(), TICKET)).isTrue();
        assertThat(canMatch(new Document("user", new Document("$ne", "u1")), TICKET))
                .isTrue();
        assertThat(canMatch(new Document("nested.user", "u1"), TICKET)).isTrue();
        assertThat(canMatch(new Document("$or", List.of(new Document("user", "u2"))), TICKET))
                .isTrue();
        assertThat(canMatch(new Document("int32", -1), TICKET)).isTrue();
    }

    @Test
    void behindARareTypeAnythingMayStand() {
        Document rare = new Document("rare", new BsonRegularExpression("x", "i")).append("user", "u1");
        assertThat(canMatch(new Document("user", "u2"), rare)).isTrue();
    }
}
