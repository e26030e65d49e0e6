package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Where the documents with a certain text in a certain field lie. It is a hint and never an answer: whoever asks looks at
 * each document itself, so that an entry too many does no harm. An entry too few would hide a document; therefore an
 * entry is written before its document and never taken away, and a crash between the two leaves at most one too many.
 */
final class TextIndex extends Index<DocumentKey> {
    private static final byte[] NOTHING = new byte[0];
    /** Behind every text, which has no such byte; and alone the entry that says that all documents have been seen. */
    private static final byte END = 0;

    private static final byte[] COMPLETE = {END};

    private final String field;
    private final Region entries;
    private final Runnable removal;

    /**
     * @param keys the first is indexed
     * @param entries of this index alone
     * @param removal removes them for good
     */
    TextIndex(String name, List<IndexKey> keys, Region entries, Runnable removal) {
        super(name, keys, true);
        this.field = keys.get(0).getKey();
        this.entries = entries;
        this.removal = removal;
    }

    String field() {
        return field;
    }

    /** The keys of all documents that can have this text, in the order of storage. */
    List<DocumentKey> keys(String text) {
        byte[] prefix = prefix(text);
        List<DocumentKey> found = new ArrayList<>();
        for (Region.Entries all = entries.entriesFrom(prefix); all.next(); ) {
            byte[] entry = all.key();
            if (!startsWith(entry, prefix)) {
                break;
            }
            found.add(DocumentKey.ofBytes(Arrays.copyOfRange(entry, prefix.length, entry.length)));
        }
        return found;
    }

    /** Whether a text can be asked for here. */
    static boolean canHold(String text) {
        return text.indexOf(END) < 0;
    }

    private static byte[] prefix(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(utf8, utf8.length + 1);
    }

    private static boolean startsWith(byte[] entry, byte[] prefix) {
        return entry.length > prefix.length && Arrays.equals(entry, 0, prefix.length, prefix, 0, prefix.length);
    }

    private void put(Document document) {
        Object value = document.get(field);
        byte[] key = DocumentKey.of(document.get("_id")).bytes();
        // An array is found by each of the texts in it.
        for (Object one : value instanceof Collection<?> values ? values : List.of(value == null ? "" : value)) {
            if (one instanceof String text && canHold(text)) {
                byte[] prefix = prefix(text);
                byte[] entry = Arrays.copyOf(prefix, prefix.length + key.length);
                System.arraycopy(key, 0, entry, prefix.length, key.length);
                entries.put(entry, NOTHING);
            }
        }
    }

    /** All documents that there were have been added. */
    void complete() {
        entries.put(COMPLETE, NOTHING);
    }

    /** Also where a build was broken off: it has to begin anew. */
    @Override
    public boolean isEmpty() {
        return !entries.contains(COMPLETE);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<DocumentKey> collection) {
        put(document);
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<DocumentKey> collection) {
        if (!Objects.equals(before.get(field), after.get(field))) {
            put(after);
        }
    }

    @Override
    public void add(Document document, DocumentKey position, MongoCollection<DocumentKey> collection) {
        // Its entry has been written before it.
    }

    @Override
    public void updateInPlace(
            Document before, Document after, DocumentKey position, MongoCollection<DocumentKey> collection) {
        // Its entry has been written before it.
    }

    @Override
    public DocumentKey getPosition(Document document) {
        return null;
    }

    @Override
    public DocumentKey remove(Document document) {
        return null;
    }

    @Override
    public boolean canHandle(Document query) {
        // The collection asks for texts itself.
        return false;
    }

    @Override
    public Iterable<DocumentKey> getPositions(Document query) {
        throw new UnsupportedOperationException("The collection asks for texts itself");
    }

    @Override
    public long getCount() {
        return entries.size();
    }

    @Override
    public long getDataSize() {
        return 0;
    }

    @Override
    public void drop() {
        removal.run();
    }
}
