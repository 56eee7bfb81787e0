package com.peerllm.desktop.earnings;

import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.earnings.PayoutNews;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.reputation.EvidenceReplay;
import com.peerllm.host.reputation.ReputationNews;
import com.peerllm.host.settings.Electricity;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.storage.EarnedHour;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.payout.PayeeDetails;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What Earnings watches of the host and asks of it.
 *
 * @param earnings changes when receipts come
 * @param zone of this computer
 */
public record EarningsSource(
        Signal<Earnings> earnings,
        Signal<HostSettings> settings,
        Signal<PayoutNews> payouts,
        Signal<ReputationNews> reputation,
        ZoneId zone,
        Receipts receipts,
        Network network) {

    /** What this computer has itself. All may take long; none is called on the thread of the screens. */
    public interface Receipts {
        List<EarnedHour> hours(Instant from);

        SortedMap<LocalDate, Duration> computing();

        /** The newest first, but for so many of the newest. */
        List<StoredReceipt> latest(long without, int most);

        long count();

        /** Why it does not hold; none when it does. */
        List<String> verify(StoredReceipt receipt);

        /** Why the network's log does not show it; empty when it does. */
        Optional<String> missingFromLog(StoredReceipt receipt);

        /** As JSON. */
        String json(StoredReceipt receipt);

        void save(StoredReceipt receipt, Path file);

        void exportCsv(Path file);

        void setElectricity(Electricity electricity);
    }

    /** What only the network knows. The first two return at once; the others block. */
    public interface Network {
        void askPayouts();

        void askReputation();

        void setPayee(Optional<PayeeDetails> payee);

        EvidenceReplay.Outcome recompute(EvidenceReplay.Progress progress, Cancellation cancellation);
    }
}
