package com.peerllm.desktop.earnings;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.storage.StoredReceipt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The receipts, a page of them at a time and the newest first, and what a person does with one. All of it belongs to the thread of the screens. */
public final class ReceiptsViewModel implements ScreenModel {
    static final int PAGE = 500;

    private final EarningsSource source;
    private final Messages messages;
    private final Errand reading;
    private final Errand checking;
    private final Errand proving;
    private final Errand writing;
    private final ReceiptWording wording;
    private final FxSignals signals;
    private final ObservableList<ReceiptRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper older = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper newer = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<String>> which = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<ReceiptDetail>> detail = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<String>> said = new ReadOnlyObjectWrapper<>(Optional.empty());

    private List<StoredReceipt> receipts = List.of();
    private Optional<StoredReceipt> chosen = Optional.empty();
    /** How many newer ones than those of the page there are. */
    private long before;

    ReceiptsViewModel(EarningsSource source, Workbench bench) {
        this.source = source;
        messages = bench.messages();
        reading = new Errand(bench);
        checking = new Errand(bench);
        proving = new Errand(bench);
        writing = new Errand(bench);
        wording = new ReceiptWording(bench.messages(), source.zone());
        signals = new FxSignals(bench.fxThread());
        signals.follow(source.earnings()).subscribe((before, now) -> read());
        read();
    }

    public ObservableList<ReceiptRow> rows() {
        return FXCollections.unmodifiableObservableList(rows);
    }

    /** Whether there are older ones than those in the list. */
    public ReadOnlyBooleanProperty olderProperty() {
        return older.getReadOnlyProperty();
    }

    /** Whether there are newer ones than those in the list. */
    public ReadOnlyBooleanProperty newerProperty() {
        return newer.getReadOnlyProperty();
    }

    /** Which of all are in the list, where these are not all. */
    public ReadOnlyObjectProperty<Optional<String>> whichProperty() {
        return which.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<ReceiptDetail>> detailProperty() {
        return detail.getReadOnlyProperty();
    }

    /** That a file was written. */
    public ReadOnlyObjectProperty<Optional<String>> saidProperty() {
        return said.getReadOnlyProperty();
    }

    /** The next page instead of this one. */
    public void showOlder() {
        read(before + PAGE);
    }

    /** The page before instead of this one. */
    public void showNewer() {
        read(Math.max(0, before - PAGE));
    }

    /** @param before how many newer ones there are */
    private record Found(List<StoredReceipt> receipts, long before, long count) {}

    private void read() {
        read(before);
    }

    private void read(long from) {
        reading.ask(
                () -> new Found(
                        source.receipts().latest(from, PAGE),
                        from,
                        source.receipts().count()),
                this::show);
    }

    private void show(Found found) {
        receipts = found.receipts();
        rows.setAll(IntStream.range(0, receipts.size())
                .mapToObj(i -> wording.row(i, receipts.get(i)))
                .toList());
        before = found.before();
        long end = before + receipts.size();
        older.set(found.count() > end);
        newer.set(before > 0);
        which.set(
                found.count() == receipts.size()
                        ? Optional.empty()
                        : Optional.of(messages.text("earnings.receipts.which", before + 1, end, found.count())));
    }

    /** Shows one of the rows; null for none. */
    public void choose(ReceiptRow row) {
        if (row == null || row.number() >= receipts.size()) {
            chosen = Optional.empty();
            detail.set(Optional.empty());
            return;
        }
        StoredReceipt stored = receipts.get(row.number());
        if (chosen.filter(stored::equals).isPresent()) return;
        chosen = Optional.of(stored);
        checking.forget();
        proving.forget();
        detail.set(Optional.of(wording.detail(row, stored, source.receipts().json(stored))));
    }

    /** Checks the chosen one again: signatures, price, shares. */
    public void verify() {
        chosen.ifPresent(stored -> checking.ask(
                () -> wording.verdict(source.receipts().verify(stored)),
                verdict -> update(stored, now -> now.withVerdict(verdict))));
    }

    /** Lets the network prove that the chosen one is in its public log. */
    public void prove() {
        chosen.ifPresent(stored -> proving.ask(
                () -> wording.log(source.receipts().missingFromLog(stored)),
                verdict -> update(stored, now -> now.withLog(verdict))));
    }

    /** Whether the network is being asked for a proof. */
    public ReadOnlyBooleanProperty provingProperty() {
        return proving.busyProperty();
    }

    /** Why the chosen one could not be checked or proved now; that says nothing about it. */
    public ReadOnlyObjectProperty<Optional<String>> provingTroubleProperty() {
        return proving.troubleProperty();
    }

    /** Why the receipts could not be read. */
    public ReadOnlyObjectProperty<Optional<String>> readingTroubleProperty() {
        return reading.troubleProperty();
    }

    /** Why the last file was not written. */
    public ReadOnlyObjectProperty<Optional<String>> writingTroubleProperty() {
        return writing.troubleProperty();
    }

    /** Not when another one was chosen meanwhile. */
    private void update(StoredReceipt stored, UnaryOperator<ReceiptDetail> change) {
        if (chosen.filter(stored::equals).isPresent()) detail.set(detail.get().map(change));
    }

    public void save(Path file) {
        chosen.ifPresent(stored -> write(file, () -> {
            source.receipts().save(stored, file);
            return file;
        }));
    }

    public void exportCsv(Path file) {
        write(file, () -> {
            source.receipts().exportCsv(file);
            return file;
        });
    }

    private void write(Path file, Supplier<Path> action) {
        said.set(Optional.empty());
        writing.ask(action, done -> said.set(Optional.of(messages.text("earnings.saved", done.toString()))));
    }

    @Override
    public void close() {
        signals.close();
    }
}
