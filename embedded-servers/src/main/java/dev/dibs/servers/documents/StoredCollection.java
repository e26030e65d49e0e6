package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Documents as BSON by their ids. One writes at a time; readers wait for nobody, and see each document as it is when they
 * come to it. Each reader gets documents of its own: the file's cache hands out bytes that nobody changes, so that writing
 * the file in the background never meets a document in the middle of an update.
 */
final class StoredCollection extends AbstractMongoCollection<DocumentKey> {
    private final Region documents;
    /** Those that have seen all documents; readers look at them while one is added. */
    private final List<TextIndex> textIndexes = new CopyOnWriteArrayList<>();

    StoredCollection(
            MongoDatabase database, String name, CollectionOptions options, Region documents, CursorRegistry cursors) {
        super(database, name, options, cursors);
        this.documents = documents;
    }

    @Override
    protected DocumentKey addDocumentInternal(Document document) {
        DocumentKey key = keyOf(document);
        if (documents.putIfAbsent(key.bytes(), DocumentBytes.encode(document)) != null) {
            throw new DuplicateKeyError(this, "there is a document with the id of " + document);
        }
        return key;
    }

    private DocumentKey keyOf(Document document) {
        return DocumentKey.of(getIdField() == null ? UUID.randomUUID() : document.get(getIdField()));
    }

    @Override
    protected void handleUpdate(DocumentKey position, Document before, Document after) {
        documents.put(position.bytes(), DocumentBytes.encode(after));
    }

    @Override
    protected void removeDocument(DocumentKey position) {
        if (documents.remove(position.bytes()) == null) {
            throw new NoSuchElementException("No document with key " + position);
        }
    }

    @Override
    protected Document getDocument(DocumentKey position) {
        byte[] found = documents.get(position.bytes());
        return found == null ? null : DocumentBytes.decode(found);
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
        Optional<IdQuery> ids = IdQuery.of(query, getIdField());
        if (ids.isPresent()) {
            Document remaining = ids.get().exact() ? new Document() : query;
            return matchDocumentsFromStream(
                    documents(ids.get().keys()), remaining, orderBy, skip, limit, batchSize, fields);
        }
        Optional<List<DocumentKey>> indexed = isNaturalDescending(orderBy) ? Optional.empty() : indexed(query);
        if (indexed.isPresent()) {
            return matchDocumentsFromStream(documents(indexed.get()), query, orderBy, skip, limit, batchSize, fields);
        }
        return matchDocuments(query, orderBy, skip, limit, batchSize, fields);
    }

    private Stream<Document> documents(List<DocumentKey> keys) {
        return keys.stream().map(this::getDocument).filter(Objects::nonNull);
    }

    /** By the first index whose field the query wants to be a text, as long as that index is complete. */
    private Optional<List<DocumentKey>> indexed(Document query) {
        EqualTexts texts = EqualTexts.of(query);
        for (TextIndex index : textIndexes) {
            String text = texts.of(index.field());
            if (text != null && TextIndex.canHold(text)) {
                return Optional.of(index.keys(text));
            }
        }
        return Optional.empty();
    }

    @Override
    protected QueryResult matchDocuments(
            Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
        EqualTexts texts = EqualTexts.of(query);
        Stream<Document> all = scan(isNaturalDescending(orderBy), Region.Entries::value)
                .filter(texts::canMatch)
                .map(DocumentBytes::decode);
        return matchDocumentsFromStream(all, query, orderBy, skip, limit, batchSize, fields);
    }

    @Override
    protected Stream<DocumentWithPosition<DocumentKey>> streamAllDocumentsWithPosition() {
        return scan(
                false,
                entry -> new DocumentWithPosition<>(
                        DocumentBytes.decode(entry.value()), DocumentKey.ofBytes(entry.key())));
    }

    private <T> Stream<T> scan(boolean backwards, Function<Region.Entries, T> reader) {
        Region.Entries entries = backwards ? documents.entriesBackwards() : documents.entries();
        Iterator<T> all = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public T next() {
                if (!entries.next()) {
                    throw new NoSuchElementException();
                }
                return reader.apply(entries);
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false);
    }

    @Override
    public int count() {
        return (int) Math.min(documents.size(), Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        return documents.isEmpty();
    }

    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int sizeDelta) {
        throw new UnsupportedOperationException("The size is counted when somebody asks");
    }

    /** In bytes. */
    @Override
    protected int getDataSize() {
        long size = scan(false, entry -> entry.value().length)
                .mapToLong(Integer::longValue)
                .sum();
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    @Override
    public synchronized void addIndex(Index<DocumentKey> index) {
        super.addIndex(index);
        if (index instanceof TextIndex texts && getIndexes().contains(texts)) {
            texts.complete();
            textIndexes.add(texts);
        }
    }

    @Override
    public synchronized void dropIndex(String indexName) {
        textIndexes.removeIf(index -> index.getName().equals(indexName));
        super.dropIndex(indexName);
    }

    @Override
    public synchronized void addDocument(Document document) {
        super.addDocument(document);
    }

    @Override
    public synchronized List<Document> insertDocuments(List<Document> added, boolean isOrdered) {
        return super.insertDocuments(added, isOrdered);
    }

    @Override
    public synchronized Document updateDocuments(
            Document selector, Document update, ArrayFilters filters, boolean isMulti, boolean isUpsert, Oplog oplog) {
        return super.updateDocuments(selector, update, filters, isMulti, isUpsert, oplog);
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        return super.findAndModify(query);
    }

    @Override
    public synchronized int deleteDocuments(Document selector, int limit, Oplog oplog) {
        return super.deleteDocuments(selector, limit, oplog);
    }

    @Override
    public synchronized void removeDocument(Document document) {
        super.removeDocument(document);
    }

    @Override
    public synchronized void renameTo(MongoDatabase newDatabase, String newName) {
        super.renameTo(newDatabase, newName);
    }
}
