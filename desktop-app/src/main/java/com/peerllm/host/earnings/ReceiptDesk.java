package com.peerllm.host.earnings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.storage.ComputingTable;
import com.peerllm.host.storage.EarnedHour;
import com.peerllm.host.storage.ReceiptTable;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a person does with receipts: look at them, check them again, take them along. Everything may take long. */
public final class ReceiptDesk {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final PeerKey self;
    private final ReceiptTable receipts;
    private final ComputingTable computing;
    private final Supplier<HostSettings> settings;
    private final Function<String, LogProofs> logs;

    /**
     * @param self this host's key
     * @param logs asks the orchestrator at an address for proofs
     */
    public ReceiptDesk(
            PeerKey self,
            ReceiptTable receipts,
            ComputingTable computing,
            Supplier<HostSettings> settings,
            Function<String, LogProofs> logs) {
        this.self = self;
        this.receipts = receipts;
        this.computing = computing;
        this.settings = settings;
        this.logs = logs;
    }

    /** The newest first, but for so many of the newest. */
    public List<StoredReceipt> latest(long without, int most) {
        return receipts.latest(without, most);
    }

    public long count() {
        return receipts.count();
    }

    public List<EarnedHour> hours(Instant from) {
        return receipts.earnedByHour(from);
    }

    public SortedMap<LocalDate, Duration> computing() {
        return computing.days();
    }

    /** Why a receipt does not hold; none when it does. What was found when it came in still counts. */
    public List<String> verify(StoredReceipt stored) {
        Receipt receipt = stored.receipt();
        List<String> faults = new ArrayList<>(stored.faults());
        ReceiptVerifier.verify(receipt, Optional.empty()).faults().stream()
                .filter(fault -> !faults.contains(fault))
                .forEach(faults::add);
        if (!receipt.hostKey().equals(self) && stored.faults().isEmpty()) faults.add("It is for another host");
        if (address(receipt).isEmpty()) faults.add("It is signed by an orchestrator that this host never met");
        return List.copyOf(faults);
    }

    /**
     * Why the orchestrator's log does not show a receipt; empty when it does.
     *
     * @throws HostException when nobody answers: nothing is said about the receipt
     */
    public Optional<String> missingFromLog(Receipt receipt) {
        String address = address(receipt)
                .orElseThrow(
                        () -> new HostException(
                                Problem.ORCHESTRATOR,
                                "This host never met the orchestrator that signed the receipt, and does not know its address."));
        return logs.apply(address).fault(receipt);
    }

    private Optional<String> address(Receipt receipt) {
        return settings.get().metOrchestrators().entrySet().stream()
                .filter(met -> met.getValue().key().equals(receipt.orchestratorKey()))
                .map(Map.Entry<String, MetOrchestrator>::getKey)
                .sorted()
                .findFirst();
    }

    /** As {@code peerllm verify} takes it. */
    public String text(Receipt receipt) {
        return JSON.writeValueAsString(receipt);
    }

    /** @throws HostException when the file cannot be written */
    public void save(Receipt receipt, Path file) {
        write(file, text(receipt));
    }

    /** All receipts as a table, without holding all of them. */
    public void exportCsv(Path file) {
        Path beside = AtomicFile.temporaryBeside(file);
        try {
            Files.deleteIfExists(beside);
            try (FileChannel channel = AtomicFile.create(beside);
                    PrintWriter out = new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
                ReceiptCsv.write(receipts, out);
                if (out.checkError()) throw new IOException("The table could not be written");
                channel.force(true);
            }
            AtomicFile.moveInto(file, beside);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static HostException unwritable(Path file, IOException e) {
        return new HostException(
                Problem.USAGE,
                "The file " + file + " cannot be written. Choose another folder, or check the free disk space.",
                e);
    }
}
