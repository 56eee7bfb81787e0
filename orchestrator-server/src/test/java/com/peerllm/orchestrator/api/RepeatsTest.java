package com.peerllm.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.api.Repeats.Known;
import com.peerllm.orchestrator.api.Repeats.Name;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The memory of named requests is bounded in time, number and bytes. */
class RepeatsTest {
    private static final AccountId ANN = AccountId.of("consumer", "ann");

    private final AtomicLong nanos = new AtomicLong();
    private final Repeats repeats = new Repeats(nanos::get);
    private final IdempotencyKeys keys = new IdempotencyKeys(new byte[] {7}, new SecureRandom());

    private void served(String key, int bytes) {
        Name name = new Name(ANN, key);
        repeats.begin(name, "hash");
        repeats.end(name, keys.job(ANN, key, 0), bytes == 0 ? Optional.empty() : Optional.of(new byte[bytes]));
    }

    private boolean knows(String key) {
        return repeats.find(new Name(ANN, key)).isPresent();
    }

    @Test
    void forgetsWhatIsOverAfterTenMinutesAndNeverWhatRuns() {
        repeats.begin(new Name(ANN, "runs"), "hash");
        served("over", 10);
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());
        assertThat(knows("over")).isTrue();

        nanos.addAndGet(1);

        assertThat(knows("over")).isFalse();
        assertThat(repeats.find(new Name(ANN, "runs"))).contains(new Known.Running("hash"));
    }

    @Test
    void keepsNoMoreNamesAndNoMoreBytesThanItMay() {
        for (int i = 0; i <= 10_000; i++) served("small-" + i, 0);
        assertThat(knows("small-0")).isFalse();
        assertThat(knows("small-1")).isTrue();

        for (int i = 0; i < 65; i++) served("large-" + i, Repeats.MOST_ANSWER_BYTES);
        assertThat(knows("small-10000")).isFalse();
        assertThat(knows("large-0")).isFalse();
        assertThat(knows("large-1")).isTrue();
    }

    @Test
    void aNameThatCostNothingIsFreeAgain() {
        Name name = new Name(ANN, "free");
        repeats.begin(name, "hash");
        repeats.forget(name);

        assertThat(knows("free")).isFalse();
    }

    @Test
    void aJobsIdFollowsFromSecretAccountNameAndAttemptAlone() {
        JobId job = keys.job(ANN, "a", 0);
        AccountId bob = AccountId.of("consumer", "bob");

        assertThat(new IdempotencyKeys(new byte[] {7}, new SecureRandom()).job(ANN, "a", 0))
                .isEqualTo(job);
        assertThat(keys.job(ANN, "a", 1)).isNotEqualTo(job);
        assertThat(keys.job(ANN, "b", 0)).isNotEqualTo(job);
        assertThat(keys.job(bob, "a", 0)).isNotEqualTo(job);
        assertThat(new IdempotencyKeys(new byte[] {8}, new SecureRandom()).job(ANN, "a", 0))
                .isNotEqualTo(job);
    }

    @Test
    void bodiesAreToldApartByHashesThatMeanNothingElsewhere() {
        byte[] body = {1, 2, 3};
        assertThat(keys.hash("/v1/embeddings", body)).isEqualTo(keys.hash("/v1/embeddings", body.clone()));
        assertThat(keys.hash("/v1/completions", body)).isNotEqualTo(keys.hash("/v1/embeddings", body));
        assertThat(keys.hash("/v1/embeddings", new byte[] {1, 2})).isNotEqualTo(keys.hash("/v1/embeddings", body));
        assertThat(new IdempotencyKeys(new byte[] {7}, new SecureRandom()).hash("/v1/embeddings", body))
                .isNotEqualTo(keys.hash("/v1/embeddings", body));
    }
}
