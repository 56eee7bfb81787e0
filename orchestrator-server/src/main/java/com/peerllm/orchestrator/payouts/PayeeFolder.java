package com.peerllm.orchestrator.payouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.payout.PayeeDetails;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How accounts are paid, each in a file of its own, so that deleting the file erases the person. What is left of one who was
 * erased is the time of it, so that an older request that comes again does not bring the details back.
 */
public final class PayeeFolder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OwnerOnlyFolder folder;

    public PayeeFolder(Path folder) {
        this.folder = new OwnerOnlyFolder(folder);
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Entry(AccountId account, long atMillis, Optional<PayeeDetails> payee) {}

    public Optional<PayeeDetails> find(AccountId account) {
        return entry(account).flatMap(Entry::payee);
    }

    /**
     * Keeps how an account is paid, or that it is not known any more.
     *
     * @param payee empty to erase it
     * @param atMillis when its owner asked for it
     * @return false when something newer is kept
     */
    public synchronized boolean put(AccountId account, Optional<PayeeDetails> payee, long atMillis) {
        Optional<Entry> before = entry(account);
        if (before.filter(known -> known.atMillis() > atMillis).isPresent()) return false;
        boolean again = before.filter(known -> known.atMillis() == atMillis).isPresent();
        if (again && !before.get().payee().equals(payee)) return false;
        folder.write(name(account), JSON.writeValueAsString(new Entry(account, atMillis, payee)));
        return true;
    }

    private Optional<Entry> entry(AccountId account) {
        Optional<String> text = folder.read(name(account));
        try {
            return text.map(json -> JSON.readValue(json, Entry.class));
        } catch (JacksonException e) {
            // Without its cause, which may quote what it could not read.
            throw new PayoutException(
                    PayoutException.Kind.UNAVAILABLE,
                    "The file " + name(account) + " of how " + account
                            + " is paid cannot be understood. Set it again.");
        }
    }

    private static String name(AccountId account) {
        byte[] hash = Sha256.of(account.value().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash) + ".json";
    }
}
