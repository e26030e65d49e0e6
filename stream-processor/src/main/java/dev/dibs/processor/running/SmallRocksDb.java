package dev.dibs.processor.running;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/**
 * Bounds the memory outside the heap: every store has a database per partition, and by default each of them may take
 * about a hundred megabytes.
 */
public final class SmallRocksDb implements RocksDBConfigSetter {
    private static final long BLOCK_CACHE_BYTES = 8L << 20;
    private static final long WRITE_BUFFER_BYTES = 4L << 20;
    private static final int WRITE_BUFFERS = 2;

    private final Map<String, Cache> caches = new ConcurrentHashMap<>();

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        // Replaces the cache that Streams has made, which it closes itself.
        Cache cache = caches.computeIfAbsent(store, name -> new LRUCache(BLOCK_CACHE_BYTES));
        table.setBlockCache(cache);
        options.setTableFormatConfig(table);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    }

    @Override
    public void close(String store, Options options) {
        Cache cache = caches.remove(store);
        if (cache != null) {
            cache.close();
        }
    }
}
