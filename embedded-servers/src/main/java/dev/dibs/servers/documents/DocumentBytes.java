package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Documents as BSON, with the same encoder and decoder as on the wire: what a client sent is what it gets back. */
final class DocumentBytes {
    private static final int USUAL_SIZE = 512;

    private DocumentBytes() {}

    static byte[] encode(Document document) {
        ByteBuf buffer = Unpooled.buffer(USUAL_SIZE);
        BsonEncoder.encodeDocument(document, buffer);
        return taken(buffer);
    }

    static Document decode(byte[] bytes) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    }

    /** One value without its name, as it stands in a document. */
    static byte[] encodeValue(byte type, Object value) {
        ByteBuf buffer = Unpooled.buffer();
        BsonEncoder.encodeValue(type, value, buffer);
        return taken(buffer);
    }

    private static byte[] taken(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
