package com.peerllm.desktop.models;

import com.peerllm.desktop.models.ArrivalQuestion.Answer;
import com.peerllm.desktop.models.FoundFiles.ModelFile;
import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.HostModel;
import com.peerllm.host.HostModels;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.shared.model.ModelDigest;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a person dropped, chose or named when the program was started, on their way into this computer's models: it is
 * asked how, then one after the other is read, and what became of each can be read until the next ones come. Belongs to the
 * thread of the screens.
 */
final class Arrivals implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

    private final HostModels models;
    private final Workbench bench;
    private final ArrivalWording wording;
    private final FxSignals signals;
    private final ObservableList<HereRow> rows = FXCollections.observableArrayList();
    private final Set<ModelFile> asked = new LinkedHashSet<>();
    private final Queue<Entering> queue = new ArrayDeque<>();
    private final Signal<Optional<Reading>> reading = new Signal<>(Optional.empty());
    private Optional<ArrivalQuestion> question = Optional.empty();
    private boolean busy;

    private record Entering(ArrivalRow row, boolean copy) {}

    private record Reading(Entering entering, long doneBytes, long totalBytes) {}

    Arrivals(HostModels models, Workbench bench) {
        this.models = models;
        this.bench = bench;
        wording = new ArrivalWording(bench.messages());
        signals = new FxSignals(bench.fxThread());
        signals.follow(reading).subscribe(now -> now.ifPresent(this::showProgress));
    }

    /** The question, if there is one, then the files in the order in which they came. */
    ObservableList<HereRow> rows() {
        return rows;
    }

    /** Looks what model files are among these, in folders too, and asks what to do with them. */
    void receive(List<Path> given) {
        if (given.isEmpty()) return;
        bench.background().execute(() -> {
            FoundFiles found = FoundFiles.among(given);
            bench.fxThread().execute(() -> ask(found));
        });
    }

    private void ask(FoundFiles found) {
        rows.removeIf(row -> row instanceof ArrivalRow arrival
                && !arrival.faceProperty().get().cancellable());
        for (ArrivalFace wrong : wording.wrong(found)) rows.add(new ArrivalRow(Path.of(""), wrong, this::leave));
        if (found.models().isEmpty()) return;
        log.info(
                "The person is asked how {} model files are to be taken in",
                found.models().size());
        asked.addAll(found.models());
        String sentence = wording.question(asked);
        question.ifPresentOrElse(open -> open.show(sentence), () -> {
            ArrivalQuestion next = new ArrivalQuestion(sentence, this::answer);
            question = Optional.of(next);
            rows.addFirst(next);
        });
    }

    private void answer(Answer answer) {
        question.ifPresent(rows::remove);
        question = Optional.empty();
        List<ModelFile> files = List.copyOf(asked);
        asked.clear();
        if (answer == Answer.LEAVE) return;
        List<ArrivalRow> entering = new ArrayList<>();
        for (ModelFile file : files) {
            ArrivalRow row = new ArrivalRow(file.path(), wording.waiting(file.path()), this::leave);
            entering.add(row);
            queue.add(new Entering(row, answer == Answer.COPY));
        }
        rows.addAll(entering);
        next();
    }

    private void next() {
        if (busy || queue.isEmpty()) return;
        Entering entering = queue.remove();
        busy = true;
        entering.row().show(wording.begun(entering.row().file()));
        bench.background().execute(() -> {
            ArrivalFace end = take(entering);
            bench.fxThread().execute(() -> {
                entering.row().show(end);
                busy = false;
                next();
            });
        });
    }

    private ArrivalFace take(Entering entering) {
        Path file = entering.row().file();
        try {
            Set<ModelDigest> before = present();
            StoredModel model = models.take(
                    file,
                    entering.copy(),
                    (done, total) -> reading.set(Optional.of(new Reading(entering, done, total))),
                    entering.row().cancellation());
            return before.contains(model.digest())
                    ? wording.known(file, model.name())
                    : wording.added(file, model.name(), entering.copy());
        } catch (CancellationException e) {
            log.debug("A person gave up taking in a file", e);
            return wording.cancelled(file);
        } catch (HostException e) {
            log.warn("A file could not be taken in: {}", e.problem());
            return wording.refused(file, e);
        } catch (RuntimeException e) {
            log.error("A file could not be taken in", e);
            return wording.unexpected(file);
        } finally {
            reading.set(Optional.empty());
        }
    }

    private Set<ModelDigest> present() {
        return models.all().get().stream()
                .map(HostModel::file)
                .filter(file -> file.presence() == StoredModel.Presence.PRESENT)
                .map(StoredModel::digest)
                .collect(Collectors.toSet());
    }

    private void showProgress(Reading now) {
        ArrivalRow row = now.entering().row();
        // What comes late must not stand over what became of it.
        if (row.faceProperty().get().kind() != ArrivalFace.Kind.READING) return;
        row.show(wording.reading(row.file(), now.entering().copy(), now.doneBytes(), now.totalBytes()));
    }

    private void leave(ArrivalRow row) {
        switch (row.faceProperty().get().kind()) {
            case READING -> row.cancellation().cancel();
            case WAITING -> {
                queue.removeIf(entering -> entering.row() == row);
                row.show(wording.cancelled(row.file()));
            }
            case ADDED, LEFT, REFUSED -> rows.remove(row);
        }
    }

    /** Gives up what is on its way. */
    @Override
    public void close() {
        queue.clear();
        rows.forEach(row -> {
            if (row instanceof ArrivalRow arrival) arrival.cancellation().cancel();
        });
        signals.close();
    }
}
