package com.peerllm.host.storage;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Receipts as storage sees them: complete, but signed by nobody. */
final class Receipts {
    private static final PeerKey KEY = PeerKey.parse("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");

    private Receipts() {}

    static StoredReceipt stored(int number, StoredReceipt.Status status) {
        List<String> faults = status == StoredReceipt.Status.VERIFIED ? List.of() : List.of("One fault", "Another");
        OptionalInt delivered = status == StoredReceipt.Status.VERIFIED ? OptionalInt.of(30) : OptionalInt.empty();
        return new StoredReceipt(receipt(number), status, delivered, faults, 1_790_000_000_500L);
    }

    private static Receipt receipt(int number) {
        return new Receipt(
                "peerllm-test",
                new JobId("job_" + String.format("%032x", number)),
                0,
                1_790_000_000_000L,
                HostId.of(KEY),
                KEY,
                new ModelId("sprout-1.4m-q8_0"),
                new ModelDigest("ab".repeat(32)),
                31,
                24,
                new TokenPrice(Credits.parseDollars("0.50"), Credits.parseDollars("1.50")),
                new Credits(51_500),
                new Credits(48_925),
                new Credits(2_575),
                Credits.ZERO,
                "cd".repeat(32),
                Optional.of("c2ln"),
                KEY,
                "c2ln");
    }
}
