package dev.dibs.api.operations;

import dev.dibs.api.operations.Ownership.Standing;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes an import the owner of all its codes, batch by batch. */
final class CodeClaims {
    private final CodeStore store;
    private final Ownership ownership;
    private final int batchSize;

    CodeClaims(CodeStore store, Ownership ownership, int batchSize) {
        this.store = store;
        this.ownership = ownership;
        this.batchSize = batchSize;
    }

    /**
     * What stands in the way of an import.
     *
     * @param taken rows whose code was imported before
     * @param unfinished another import that owns some of the codes and is not finished, or null
     */
    record Obstacles(BadRows taken, ImportRun unfinished) {}

    /** Looks for obstacles, and changes nothing. */
    Mono<Obstacles> obstacles(
            ActivityId activityId, ImportId importId, CodeFingerprints codes, ImportProgress progress) {
        BadRows taken = new BadRows();
        List<ImportRun> unfinished = new ArrayList<>(1);
        ImportRun self = new ImportRun(activityId, importId, 0);
        return batches(codes)
                .concatMap(
                        first -> {
                            List<String> batch = texts(codes, first);
                            return store.owners(batch)
                                    .flatMap(owners -> others(owners, self).doOnNext(standings -> {
                                        for (int i = 0; i < batch.size(); i++) {
                                            ImportRun owner = owners.get(batch.get(i));
                                            Standing standing = owner == null ? null : standings.get(owner);
                                            if (standing == Standing.TAKEN) {
                                                taken.add(codes.line(first + i), CodeFile.CODE, taken(owner, self));
                                            } else if (standing == Standing.UNFINISHED && unfinished.isEmpty()) {
                                                unfinished.add(owner);
                                            }
                                        }
                                        progress.compared(first + batch.size());
                                    }));
                        },
                        1)
                .then(Mono.fromCallable(() -> new Obstacles(taken, unfinished.isEmpty() ? null : unfinished.get(0))));
    }

    /** Completes with the owner that was faster, if there is one; then the run does not own all its codes. */
    Mono<Optional<ImportRun>> claim(ImportRun run, CodeFingerprints codes, ImportProgress progress) {
        return batches(codes)
                .concatMap(
                        first -> claim(run, first, texts(codes, first))
                                .doOnNext(faster -> progress.claimed(Math.min(codes.size(), first + batchSize))),
                        1)
                .filter(Optional::isPresent)
                .next()
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<Optional<ImportRun>> claim(ImportRun run, int first, List<String> batch) {
        return store.claim(run, first, batch).flatMap(owners -> {
            Map<Integer, ImportRun> ofOthers = new TreeMap<>();
            for (int i = 0; i < batch.size(); i++) {
                ImportRun owner = owners.get(batch.get(i));
                if (owner != null && !owner.equals(run)) {
                    ofOthers.put(i, owner);
                }
            }
            return ownership.judge(new HashSet<>(ofOthers.values())).flatMap(standings -> {
                for (ImportRun owner : ofOthers.values()) {
                    if (standings.get(owner) != Standing.FREE) {
                        return Mono.just(Optional.of(owner));
                    }
                }
                return Flux.fromIterable(ofOthers.entrySet())
                        .concatMap(
                                entry -> store.takeOver(
                                                run,
                                                first + entry.getKey(),
                                                batch.get(entry.getKey()),
                                                entry.getValue())
                                        .filter(done -> !done)
                                        .map(lost -> entry.getValue()),
                                1)
                        .next()
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty());
            });
        });
    }

    /** The owners that are other imports, and what they stand for. */
    private Mono<Map<ImportRun, Standing>> others(Map<String, ImportRun> owners, ImportRun self) {
        Set<ImportRun> others = new HashSet<>(owners.values());
        others.removeIf(self::isOfSameImport);
        return others.isEmpty() ? Mono.just(new HashMap<>()) : ownership.judge(others);
    }

    private static String taken(ImportRun owner, ImportRun self) {
        return owner.activityId().equals(self.activityId())
                ? "was imported before, by import " + owner.importId()
                : "was imported before, into activity " + owner.activityId();
    }

    private Flux<Integer> batches(CodeFingerprints codes) {
        return Flux.range(0, (codes.size() + batchSize - 1) / batchSize).map(batch -> batch * batchSize);
    }

    private List<String> texts(CodeFingerprints codes, int first) {
        int end = Math.min(codes.size(), first + batchSize);
        List<String> texts = new ArrayList<>(end - first);
        for (int i = first; i < end; i++) {
            texts.add(codes.text(i));
        }
        return texts;
    }
}
