package com.peerllm.desktop;

import com.peerllm.desktop.earnings.EarningsSource;
import com.peerllm.host.HostAccount;
import com.peerllm.host.HostData;
import com.peerllm.host.earnings.ReceiptDesk;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.reputation.EvidenceReplay;
import com.peerllm.host.settings.Electricity;
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

/** Connects the screen of earnings with the host's receipts and with what its network knows of it. */
final class EarningsWiring {
    private EarningsWiring() {}

    static EarningsSource source(OpenedHost opened) {
        HostAccount account = opened.program().account();
        return new EarningsSource(
                opened.host().earnings(),
                opened.host().settings(),
                account.payouts().news(),
                account.reputation().news(),
                ZoneId.systemDefault(),
                new OwnReceipts(account.receipts(), opened.data()),
                new OwnNetwork(account));
    }

    private record OwnReceipts(ReceiptDesk desk, HostData data) implements EarningsSource.Receipts {
        @Override
        public List<EarnedHour> hours(Instant from) {
            return desk.hours(from);
        }

        @Override
        public SortedMap<LocalDate, Duration> computing() {
            return desk.computing();
        }

        @Override
        public List<StoredReceipt> latest(long without, int most) {
            return desk.latest(without, most);
        }

        @Override
        public long count() {
            return desk.count();
        }

        @Override
        public List<String> verify(StoredReceipt receipt) {
            return desk.verify(receipt);
        }

        @Override
        public Optional<String> missingFromLog(StoredReceipt receipt) {
            return desk.missingFromLog(receipt.receipt());
        }

        @Override
        public String json(StoredReceipt receipt) {
            return desk.text(receipt.receipt());
        }

        @Override
        public void save(StoredReceipt receipt, Path file) {
            desk.save(receipt.receipt(), file);
        }

        @Override
        public void exportCsv(Path file) {
            desk.exportCsv(file);
        }

        @Override
        public void setElectricity(Electricity electricity) {
            data.settings()
                    .update(settings -> settings.edit().electricity(electricity).done());
        }
    }

    private record OwnNetwork(HostAccount account) implements EarningsSource.Network {
        @Override
        public void askPayouts() {
            account.payouts().ask();
        }

        @Override
        public void askReputation() {
            account.reputation().ask();
        }

        @Override
        public void setPayee(Optional<PayeeDetails> payee) {
            account.payouts().setPayee(payee);
        }

        @Override
        public EvidenceReplay.Outcome recompute(EvidenceReplay.Progress progress, Cancellation cancellation) {
            return account.reputation().recompute(progress, cancellation);
        }
    }
}
