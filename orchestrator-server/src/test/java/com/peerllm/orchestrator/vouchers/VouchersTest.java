package com.peerllm.orchestrator.vouchers;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.ledger.AccountKind;
import com.peerllm.orchestrator.ledger.TestLedger;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.vouchers.Redemption.Redeemed;
import com.peerllm.orchestrator.vouchers.Redemption.Refused;
import com.peerllm.orchestrator.vouchers.Redemption.Why;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A voucher pays once: over accounts, threads, repetitions and restarts. */
class VouchersTest {
    private static final AccountId BOB = new AccountId("consumer:bob");
    private static final VoucherTerms FIVE =
            new VoucherTerms(Credits.ofDollars(5), false, Optional.empty(), Optional.empty(), "spring");

    @TempDir
    Path folder;

    private TestLedger test;
    private Vouchers vouchers;
    private Instant now = Instant.parse("2026-12-01T00:00:00Z");

    @BeforeEach
    void open() {
        test = TestLedger.on(Database.open(new DatabaseAddress.Embedded(folder)));
        InstantSource clock = () -> now;
        vouchers = new Vouchers(test.database, test.ledger, new SecureRandom(), clock);
    }

    @AfterEach
    void everythingAddsUp() {
        try (TestLedger open = test) {
            assertThat(open.ledger.audit().fault()).isEmpty();
        }
    }

    private void restart() {
        test.close();
        open();
    }

    private NewVoucher made(VoucherTerms terms) {
        return vouchers.make(1, terms).getFirst();
    }

    @Test
    void theSameAccountGetsTheSameAnswerAndAnotherNothing() {
        NewVoucher voucher = made(FIVE);
        Redemption first = vouchers.redeem(voucher.code(), ALICE);
        assertThat(first)
                .isInstanceOfSatisfying(
                        Redeemed.class,
                        redeemed -> assertThat(redeemed.voucher().redeemedBy()).contains(ALICE));
        assertThat(vouchers.redeem(voucher.code(), ALICE)).isEqualTo(first);
        assertThat(vouchers.redeem(voucher.code(), BOB)).isEqualTo(new Refused(Why.ALREADY_REDEEMED));
        assertThat(vouchers.revoke(voucher.voucher().id())).isFalse();
        restart();
        assertThat(vouchers.redeem(voucher.code(), ALICE)).isEqualTo(first);
        assertThat(vouchers.redeem(voucher.code(), BOB)).isEqualTo(new Refused(Why.ALREADY_REDEEMED));
        assertThat(test.posted(ALICE)).isEqualTo(Credits.ofDollars(5));
        assertThat(test.posted(BOB)).isEqualTo(Credits.ZERO);
    }

    @Test
    void sixtyFourThreadsOfManyAccountsRedeemItOnce() throws InterruptedException, ExecutionException {
        NewVoucher voucher = made(FIVE);
        List<Future<Redemption>> tries = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                AccountId account = AccountId.of("consumer", "c" + i);
                tries.add(threads.submit(() -> vouchers.redeem(voucher.code(), account)));
            }
        }
        int redeemed = 0;
        for (Future<Redemption> each : tries) if (each.get() instanceof Redeemed) redeemed++;
        assertThat(redeemed).isEqualTo(1);
        assertThat(test.posted(AccountKind.MINT_OF_CREDITS)).isEqualTo(Credits.ofDollars(-5));
    }

    @Test
    void aGiftGoesToTheGiftsOfTheConsumerAndEnds() {
        Instant end = now.plus(Duration.ofDays(30));
        NewVoucher voucher = made(
                new VoucherTerms(Credits.ofDollars(2), true, Optional.of(now.plusSeconds(10)), Optional.of(end), ""));
        assertThat(vouchers.redeem(voucher.code(), ALICE)).isInstanceOf(Redeemed.class);
        assertThat(test.posted(AccountKind.promoOf(ALICE))).isEqualTo(Credits.ofDollars(2));
        assertThat(vouchers.redeem(voucher.code(), BOB)).isEqualTo(new Refused(Why.ALREADY_REDEEMED));
        now = now.plus(Duration.ofDays(1));
        assertThat(vouchers.redeem(voucher.code(), ALICE))
                .as("its time to be redeemed is over, but it was in time")
                .isInstanceOf(Redeemed.class);
        test.clock.set(() -> end);
        await().until(() -> test.posted(AccountKind.promoOf(ALICE)).isZero());
        assertThatThrownBy(() -> new VoucherTerms(Credits.ofDollars(2), false, Optional.empty(), Optional.of(end), ""))
                .hasMessageContaining("Only gifts end");
    }

    @Test
    void whatIsOverOrRevokedOrUnknownGivesNothing() {
        NewVoucher late = made(new VoucherTerms(Credits.ofDollars(5), false, Optional.of(now), Optional.empty(), ""));
        NewVoucher revoked = made(FIVE);
        assertThat(vouchers.revoke(revoked.voucher().id())).isTrue();
        assertThat(vouchers.revoke(revoked.voucher().id())).isFalse();
        assertThat(vouchers.revoke("000000000000")).isFalse();

        assertThat(vouchers.redeem(late.code(), ALICE)).isEqualTo(new Refused(Why.EXPIRED));
        assertThat(vouchers.redeem(revoked.code(), ALICE)).isEqualTo(new Refused(Why.REVOKED));
        for (String code : List.of(
                "",
                "PLLM",
                "x".repeat(500),
                "PLLM-00000-00000-00000-00000",
                late.voucher().id())) {
            assertThat(vouchers.redeem(code, ALICE)).as(code).isEqualTo(new Refused(Why.UNKNOWN));
        }
        assertThat(test.posted(ALICE)).isEqualTo(Credits.ZERO);
    }

    @Test
    void aCodeMayBeTypedAsPeopleType() {
        String code = "PLLM-01234-56789-ABCDE-FGHJK";
        VoucherCode read = VoucherCode.parse(code).orElseThrow();
        assertThat(read.text()).isEqualTo(code);
        for (String typed :
                List.of(code.toLowerCase(Locale.ROOT), code.replace("-", " "), "pllmOi234 56789abcdefghjk")) {
            assertThat(VoucherCode.parse(typed).orElseThrow().hash()).isEqualTo(read.hash());
        }
        assertThat(VoucherCode.parse(code.replace('K', 'U'))).isEmpty();
    }

    @Test
    void aCodeIsOnNoDisk() throws IOException {
        List<NewVoucher> made = vouchers.make(3, FIVE);
        assertThat(vouchers.list(Optional.empty(), 10)).hasSize(3);
        String second = vouchers.list(Optional.empty(), 10).get(1).id();
        assertThat(vouchers.list(Optional.of(second), 10)).hasSize(1);
        assertThat(vouchers.list(Optional.empty(), 10))
                .extracting(Voucher::terms)
                .containsOnly(FIVE);
        vouchers.redeem(made.getFirst().code(), ALICE);
        test.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (NewVoucher voucher : made) {
                    assertThat(content)
                            .doesNotContain(voucher.code())
                            .doesNotContain(voucher.code().substring(5).replace("-", ""));
                }
            }
        }
        assertThat(made.toString()).doesNotContain("PLLM-");
        open();
    }
}
