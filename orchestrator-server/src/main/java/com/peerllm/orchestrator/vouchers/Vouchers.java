package com.peerllm.orchestrator.vouchers;

import com.peerllm.orchestrator.ledger.AccountKind;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.LedgerCause;
import com.peerllm.orchestrator.ledger.LedgerException;
import com.peerllm.orchestrator.ledger.TransferId;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.VoucherStore;
import com.peerllm.orchestrator.storage.VoucherStore.KnownVoucher;
import com.peerllm.orchestrator.storage.VoucherStore.VoucherRow;
import com.peerllm.orchestrator.vouchers.Redemption.Refused;
import com.peerllm.orchestrator.vouchers.Redemption.Why;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Vouchers: made and taken back by administrators, redeemed by consumers, each once.
 *
 * <p>The journal alone says whether a voucher is redeemed: its transfer has an id that follows from the voucher's, and a
 * transfer happens once, for one account, over all crashes. Waits for the database; safe for many threads.
 */
public final class Vouchers {
    /** Most that one command makes. */
    public static final int MOST_AT_ONCE = 1_000;

    private final VoucherStore store;
    private final Ledger ledger;
    private final SecureRandom random;
    private final InstantSource clock;
    /** So that a voucher is not redeemed while it is taken back. */
    private final ReentrantLock deciding = new ReentrantLock();

    public Vouchers(Database database, Ledger ledger, SecureRandom random, InstantSource clock) {
        this.store = database.vouchers();
        this.ledger = ledger;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes so many alike.
     *
     * @throws IllegalArgumentException when the number is not 1 to {@link #MOST_AT_ONCE}
     */
    public List<NewVoucher> make(int count, VoucherTerms terms) {
        if (count < 1 || count > MOST_AT_ONCE) {
            throw new IllegalArgumentException("Between 1 and " + MOST_AT_ONCE + " vouchers are made at once");
        }
        List<VoucherRow> rows = new ArrayList<>();
        List<NewVoucher> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            VoucherCode code = VoucherCode.generate(random);
            VoucherRow row = row(code, terms);
            rows.add(row);
            made.add(new NewVoucher(
                    voucher(new KnownVoucher(row, Optional.empty(), OptionalLong.empty())), code.text()));
        }
        store.insert(rows);
        return made;
    }

    private VoucherRow row(VoucherCode code, VoucherTerms terms) {
        byte[] id = new byte[6];
        random.nextBytes(id);
        String name = HexFormat.of().formatHex(id);
        TransferId transfer = new TransferId("voucher-" + name);
        return new VoucherRow(
                name,
                code.hash(),
                terms.giftUntil().map(transfer::until).orElse(transfer).value(),
                terms.label(),
                terms.amount().nanoDollars(),
                terms.gift(),
                clock.millis(),
                millis(terms.expiresAt()),
                OptionalLong.empty());
    }

    /** By id: so many after this one. */
    public List<Voucher> list(Optional<String> after, int atMost) {
        return store.list(after.orElse(""), atMost).stream()
                .map(Vouchers::voucher)
                .toList();
    }

    public Optional<Voucher> find(String id) {
        return store.find(id).map(Vouchers::voucher);
    }

    /**
     * Makes a voucher worthless that nobody has redeemed.
     *
     * @return false when there is none of this id that could still be redeemed
     */
    public boolean revoke(String id) {
        deciding.lock();
        try {
            Optional<Voucher> voucher = find(id);
            if (voucher.isEmpty() || voucher.get().redeemedBy().isPresent()) return false;
            return store.revoke(id, clock.millis());
        } finally {
            deciding.unlock();
        }
    }

    /**
     * Gives a voucher's credits to a consumer, or to the account of its gifts.
     *
     * @throws LedgerException when the ledger cannot do it now; nothing is lost, the code can be sent again
     */
    public Redemption redeem(String typed, AccountId consumer) {
        Optional<VoucherCode> code = VoucherCode.parse(typed);
        if (code.isEmpty()) return new Refused(Why.UNKNOWN);
        deciding.lock();
        try {
            return store.findByCodeHash(code.get().hash())
                    .map(known -> redeem(known, consumer))
                    .orElse(new Refused(Why.UNKNOWN));
        } finally {
            deciding.unlock();
        }
    }

    private Redemption redeem(KnownVoucher known, AccountId consumer) {
        Voucher voucher = voucher(known);
        AccountId account = voucher.terms().gift() ? AccountKind.promoOf(consumer) : consumer;
        if (voucher.redeemedBy().isPresent()) {
            boolean same = voucher.redeemedBy().get().equals(account);
            return same ? new Redemption.Redeemed(voucher) : new Refused(Why.ALREADY_REDEEMED);
        }
        if (voucher.revokedAt().isPresent()) return new Refused(Why.REVOKED);
        boolean over = voucher.terms()
                .expiresAt()
                .filter(end -> !clock.instant().isBefore(end))
                .isPresent();
        if (over) return new Refused(Why.EXPIRED);
        wait(ledger.openAccount(account));
        wait(ledger.post(
                new TransferId(known.voucher().transferId()),
                LedgerCause.VOUCHER,
                AccountKind.MINT_OF_CREDITS,
                account,
                voucher.terms().amount()));
        return new Redemption.Redeemed(find(voucher.id()).orElseThrow());
    }

    private static <T> void wait(CompletionStage<T> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LedgerException refused) throw refused;
            throw e;
        }
    }

    private static Voucher voucher(KnownVoucher known) {
        VoucherRow row = known.voucher();
        OptionalLong giftUntil = new TransferId(row.transferId()).untilMillis();
        VoucherTerms terms = new VoucherTerms(
                new Credits(row.amountNanos()),
                row.gift(),
                instant(row.expiresAtMillis()),
                instant(giftUntil),
                row.label());
        return new Voucher(
                row.id(),
                terms,
                Instant.ofEpochMilli(row.madeAtMillis()),
                instant(row.revokedAtMillis()),
                known.creditedAccount(),
                instant(known.redeemedAtMillis()));
    }

    private static Optional<Instant> instant(OptionalLong millis) {
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }

    private static OptionalLong millis(Optional<Instant> instant) {
        return instant.isPresent() ? OptionalLong.of(instant.get().toEpochMilli()) : OptionalLong.empty();
    }
}
