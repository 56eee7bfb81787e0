package com.peerllm.orchestrator.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue knows the built-in model and what was published, by name and by file. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ModelCatalogueTest {
    private static final TokenPrice DEFAULT = new TokenPrice(new Credits(10), new Credits(30));
    private static final ModelManifest LLAMA = new ModelManifest(
            new ModelId("llama-9b"),
            new ModelDigest("11".repeat(32)),
            5_000_000_000L,
            Optional.of("MIT"),
            new TokenPrice(new Credits(100), new Credits(300)),
            Optional.of(new AccountId("creator:meta")),
            250);

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private Database database;
    private ModelCatalogue catalogue;

    @BeforeEach
    void open() {
        database = Database.open(kind.in(folder));
        catalogue = new ModelCatalogue(database, DEFAULT);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theBuiltInModelIsListedAtTheDefaultPrice() {
        assertThat(catalogue.list()).containsExactly(BuiltInModel.listedAt(DEFAULT));
        assertThat(catalogue.find(BuiltInModel.ID))
                .isEqualTo(catalogue.find(BuiltInModel.DIGEST))
                .isPresent();
    }

    @Test
    void aPublishedModelIsFoundByNameAndByFileAndAfterARestart() {
        catalogue.publish(LLAMA);
        ModelCatalogue again = new ModelCatalogue(database, DEFAULT);

        for (ModelCatalogue each : new ModelCatalogue[] {catalogue, again}) {
            assertThat(each.find(LLAMA.id())).contains(LLAMA);
            assertThat(each.find(LLAMA.digest())).contains(LLAMA);
            assertThat(each.priceOf(LLAMA.digest())).isEqualTo(LLAMA.price());
            assertThat(each.list()).hasSize(2);
        }
    }

    @Test
    void anUnlistedModelHasTheDefaultPrice() {
        assertThat(catalogue.priceOf(LLAMA.digest())).isEqualTo(DEFAULT);
        assertThat(catalogue.find(LLAMA.id())).isEmpty();
    }

    @Test
    void aWithdrawnModelStaysAwayEvenWhenItIsBuiltIn() {
        assertThat(catalogue.withdraw(BuiltInModel.ID)).isTrue();
        assertThat(catalogue.withdraw(BuiltInModel.ID)).isFalse();

        assertThat(catalogue.list()).isEmpty();
        assertThat(new ModelCatalogue(database, DEFAULT).list()).isEmpty();
    }

    @Test
    void publishingAgainChangesTheEntry() {
        catalogue.publish(LLAMA);
        ModelManifest dearer = new ModelManifest(
                LLAMA.id(), LLAMA.digest(), LLAMA.sizeBytes(), Optional.empty(), DEFAULT, Optional.empty(), 0);
        catalogue.publish(dearer);

        assertThat(catalogue.find(LLAMA.id())).contains(dearer);
        assertThat(catalogue.list()).hasSize(2);
    }

    @Test
    void oneFileHasOneName() {
        catalogue.publish(LLAMA);
        ModelManifest alias = new ModelManifest(
                new ModelId("other-name"), LLAMA.digest(), 1, Optional.empty(), DEFAULT, Optional.empty(), 0);

        assertThatThrownBy(() -> catalogue.publish(alias)).hasMessageContaining("llama-9b");
    }

    @Test
    void aRoyaltyNeedsAReceiver() {
        ModelManifest nobody =
                new ModelManifest(LLAMA.id(), LLAMA.digest(), 1, Optional.empty(), DEFAULT, Optional.empty(), 250);
        ModelManifest wrongKind = new ModelManifest(
                LLAMA.id(),
                LLAMA.digest(),
                1,
                Optional.empty(),
                DEFAULT,
                Optional.of(new AccountId("consumer:alice")),
                250);

        assertThatThrownBy(() -> catalogue.publish(nobody)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> catalogue.publish(wrongKind)).isInstanceOf(IllegalArgumentException.class);
    }
}
