package com.peerllm.desktop.models;

import com.peerllm.desktop.models.ArrivalFace.Kind;
import com.peerllm.desktop.models.FoundFiles.ModelFile;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.desktop.toolkit.ProblemWording;
import com.peerllm.host.kernel.HostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Puts the arrival of files into words. */
final class ArrivalWording {
    private final Messages messages;
    private final Numbers numbers;

    ArrivalWording(Messages messages) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
    }

    /** Names one file, or the first of several. */
    String question(Collection<ModelFile> files) {
        String first = name(files.iterator().next().path());
        String size = numbers.size(files.stream().mapToLong(ModelFile::bytes).sum());
        return files.size() == 1
                ? messages.text("models.arrival.one", first, size)
                : messages.text("models.arrival.several", first, files.size() - 1, size);
    }

    ArrivalFace waiting(Path file) {
        return new ArrivalFace(
                name(file), Kind.WAITING, messages.text("models.arrival.waiting"), Optional.empty(), true);
    }

    ArrivalFace reading(Path file, boolean copy, long done, long total) {
        String amounts = numbers.size(done);
        String whole = numbers.size(total);
        String sentence = copy
                ? messages.text("models.arrival.copying", amounts, whole)
                : messages.text("models.arrival.reading", amounts, whole);
        Optional<Double> share = total == 0 ? Optional.empty() : Optional.of((double) done / total);
        return new ArrivalFace(name(file), Kind.READING, sentence, share, true);
    }

    /** Before anything is read. */
    ArrivalFace begun(Path file) {
        return new ArrivalFace(name(file), Kind.READING, messages.text("models.arrival.begun"), Optional.empty(), true);
    }

    ArrivalFace added(Path file, String model, boolean copy) {
        String sentence =
                copy ? messages.text("models.arrival.copied", model) : messages.text("models.arrival.added", model);
        return new ArrivalFace(name(file), Kind.ADDED, sentence, Optional.empty(), false);
    }

    ArrivalFace known(Path file, String model) {
        return ended(file, Kind.LEFT, messages.text("models.arrival.known", model));
    }

    ArrivalFace cancelled(Path file) {
        return ended(file, Kind.LEFT, messages.text("models.arrival.cancelled"));
    }

    ArrivalFace refused(Path file, HostException why) {
        return ended(file, Kind.REFUSED, ProblemWording.of(why, messages));
    }

    /** Something went wrong that nobody foresaw. */
    ArrivalFace unexpected(Path file) {
        return ended(file, Kind.REFUSED, messages.text("models.arrival.unexpected"));
    }

    /** One line for each kind of thing that is no model, however many there are. */
    List<ArrivalFace> wrong(FoundFiles found) {
        List<ArrivalFace> lines = new ArrayList<>();
        if (!found.wrong().isEmpty()) {
            Path first = found.wrong().getFirst();
            lines.add(ended(
                    first,
                    Kind.REFUSED,
                    messages.text("models.arrival.wrong", found.wrong().size() - 1)));
        }
        if (!found.emptyFolders().isEmpty()) {
            Path first = found.emptyFolders().getFirst();
            lines.add(ended(
                    first,
                    Kind.REFUSED,
                    messages.text(
                            "models.arrival.emptyFolder", found.emptyFolders().size() - 1)));
        }
        if (found.more()) {
            Path last = found.models().getLast().path();
            lines.add(ended(last, Kind.REFUSED, messages.text("models.arrival.more", FoundFiles.MOST_FILES)));
        }
        return lines;
    }

    private static ArrivalFace ended(Path file, Kind kind, String sentence) {
        return new ArrivalFace(name(file), kind, sentence, Optional.empty(), false);
    }

    private static String name(Path file) {
        Path last = file.getFileName();
        return last == null ? file.toString() : last.toString();
    }
}
