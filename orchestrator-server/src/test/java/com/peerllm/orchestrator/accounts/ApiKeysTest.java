package com.peerllm.orchestrator.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.accounts.Authentication.Accepted;
import com.peerllm.orchestrator.accounts.Authentication.Reason;
import com.peerllm.orchestrator.accounts.Authentication.Refused;
import com.peerllm.orchestrator.storage.ApiKeyStore.ApiKeyRow;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.AccountId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an API key: shown once, good until revoked, never kept. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ApiKeysTest {
    private static final AccountId ALICE = new AccountId("consumer:alice");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private Database database;
    private ApiKeys keys;

    @BeforeEach
    void open() {
        database = Database.open(kind.in(folder));
        keys = load();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ApiKeys load() {
        return new ApiKeys(database, new SecureRandom(), InstantSource.fixed(NOW));
    }

    @Test
    void aNewKeyIsGoodAtOnceAndAfterARestart() {
        NewApiKey made = keys.create(ALICE, "laptop");

        assertThat(made.secret()).matches("pllm_[0-9a-f]{12}_[A-Za-z0-9_-]{43}");
        assertThat(keys.authenticate(made.secret())).isEqualTo(new Accepted(made.key()));
        assertThat(load().authenticate(made.secret())).isEqualTo(new Accepted(made.key()));
    }

    @Test
    void aRevokedKeyIsWorthlessAtOnceAndForGood() {
        NewApiKey made = keys.create(ALICE, "");

        assertThat(keys.revoke(made.key().id())).isTrue();
        assertThat(keys.revoke(made.key().id())).as("a second time").isFalse();

        assertThat(keys.authenticate(made.secret())).isEqualTo(new Refused(Reason.REVOKED));
        assertThat(load().authenticate(made.secret())).isEqualTo(new Refused(Reason.REVOKED));
        assertThat(load().list(ALICE)).extracting(ApiKey::revokedAt).containsExactly(Optional.of(NOW));
    }

    @Test
    void anotherKeysSecretDoesNotFit() {
        NewApiKey one = keys.create(ALICE, "");
        NewApiKey other = keys.create(ALICE, "");
        String mixed = one.secret().substring(0, 18) + other.secret().substring(18);

        assertThat(keys.authenticate(mixed)).isEqualTo(new Refused(Reason.UNKNOWN));
    }

    @Test
    void everyCharacterOfTheSecretCounts() {
        String secret = keys.create(ALICE, "").secret();
        for (int i = 5; i < secret.length(); i++) {
            char other = secret.charAt(i) == '0' ? '1' : '0';
            String changed = secret.substring(0, i) + other + secret.substring(i + 1);
            assertThat(keys.authenticate(changed)).as("character " + i).isInstanceOf(Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pllm_", "sk-1234", "pllm_000000000000_short", "pllm_00000000000G_aaaa", "\0"})
    void whatIsNoKeyIsRefused(String text) {
        assertThat(keys.authenticate(text)).isEqualTo(new Refused(Reason.MALFORMED));
    }

    @Test
    void aKeyThatWasNeverMadeIsUnknown() {
        assertThat(keys.authenticate("pllm_000000000000_" + "A".repeat(43))).isEqualTo(new Refused(Reason.UNKNOWN));
        assertThat(keys.revoke("000000000000")).isFalse();
    }

    @Test
    void theSecretIsNeitherInTheDatabaseNorPrinted() throws IOException {
        NewApiKey made = keys.create(ALICE, "laptop");
        String random = made.secret().substring(18);

        assertThat(made.toString()).doesNotContain(random);
        assertThat(database.apiKeys().all()).extracting(ApiKeyRow::secretHash).noneMatch(made.secret()::contains);
        assertThat(database.apiKeys().all().toString()).doesNotContain(random);
        if (kind == TestDatabase.H2) expectNotInFiles(random);
    }

    private void expectNotInFiles(String random) throws IOException {
        database.close();
        String file = Files.readString(folder.resolve("orchestrator.mv.db"), StandardCharsets.ISO_8859_1);
        assertThat(file).contains("laptop").doesNotContain(random);
        String log = Files.readString(folder.resolve("journal/0000000000000000001.log"));
        assertThat(log).contains("laptop").doesNotContain(random);
        open();
    }

    @Test
    void anAccountsKeysAreListedOldestFirst() {
        keys.create(ALICE, "laptop");
        keys.create(ALICE, "phone");
        keys.create(new AccountId("consumer:bob"), "his");

        assertThat(keys.list(ALICE)).extracting(ApiKey::label).containsExactlyInAnyOrder("laptop", "phone");
        assertThat(keys.list(ALICE)).extracting(ApiKey::createdAt).containsOnly(NOW);
    }

    @Test
    void aLabelHasABound() {
        assertThatThrownBy(() -> keys.create(ALICE, "x".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }
}
