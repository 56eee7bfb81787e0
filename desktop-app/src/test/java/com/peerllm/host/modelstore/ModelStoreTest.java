package com.peerllm.host.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.storage.HostDatabase;
import com.peerllm.shared.model.ModelDigest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    /** The digest in the model folder's own list of checksums. */
    private static final ModelDigest STARTER =
            new ModelDigest("b9988445d4de1054e6819a18ab256d503377e0bd2849c14ddcb13dbc135773ea");

    @TempDir
    Path folder;

    private AppFolders folders;
    private HostDatabase database;
    private ModelStore store;
    private final AtomicInteger readings = new AtomicInteger();
    private final HashProgress counting = (done, total) -> {
        if (done == total) readings.incrementAndGet();
    };

    @BeforeEach
    void open() {
        folders = new AppFolders(folder.resolve("data"));
        database = HostDatabase.open(folders.database());
        store = new ModelStore(new ModelsFolder(folders, Optional::empty), database.models(), InstantSource.system());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theStarterModelIsWrittenOutOnceAndComesBackWhenItIsLost() throws Exception {
        StoredModel starter = store.starter();
        FileTime written = Files.getLastModifiedTime(starter.path());

        assertThat(starter.digest()).isEqualTo(STARTER);
        assertThat(starter.path()).isEqualTo(folders.models().resolve("sprout-1.4m-q8_0.gguf"));
        assertThat(store.starter()).isEqualTo(starter);
        assertThat(Files.getLastModifiedTime(starter.path())).isEqualTo(written);
        Files.delete(starter.path());
        assertThat(store.starter().presence()).isEqualTo(StoredModel.Presence.PRESENT);
    }

    @Test
    void anImportedFileStaysWhereItIsAndIsReadOnce() throws Exception {
        Path file = modelFile("My Model (v2).gguf");

        StoredModel first = take(file, false);
        StoredModel again = take(file, false);

        assertThat(first.name()).isEqualTo("my-model-v2");
        assertThat(first.path()).isEqualTo(file);
        assertThat(first.digest()).isEqualTo(STARTER);
        assertThat(again).isEqualTo(first);
        assertThat(readings).hasValue(1);
    }

    @Test
    void aCopyIsItsOwnFileAndLeavesNoPartBehind() throws Exception {
        Path file = modelFile("model.gguf");

        StoredModel copy = take(file, true);
        Files.delete(file);

        assertThat(copy.madeHere()).isTrue();
        assertThat(copy.path()).isEqualTo(folders.models().resolve("model.gguf"));
        assertThat(check(copy).facts().architecture()).isEqualTo("llama");
        assertThat(folders.models().toFile().list()).containsExactly("model.gguf");
    }

    @Test
    void aFileThatChangedIsReadAgainBeforeItIsServed() throws Exception {
        Path file = modelFile("model.gguf");
        take(file, false);
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);

        StoredModel changed = store.list().getFirst();
        CheckedModel checked = check(changed);

        assertThat(changed.presence()).isEqualTo(StoredModel.Presence.CHANGED);
        assertThat(checked.model().digest()).isNotEqualTo(STARTER);
        assertThat(checked.model().name()).isEqualTo("model");
        assertThat(store.list()).containsExactly(checked.model());
    }

    @Test
    void aFileThatIsGoneIsNoticedAndToldWithItsPlace() throws Exception {
        Path file = modelFile("model.gguf");
        StoredModel model = take(file, false);
        Files.delete(file);

        assertThat(store.list().getFirst().presence()).isEqualTo(StoredModel.Presence.MISSING);
        assertThatThrownBy(() -> check(store.list().getFirst()))
                .hasMessageContaining(model.path().toString());
    }

    @Test
    void deletingNeverTouchesAFileThatItDidNotMake() throws Exception {
        Path file = modelFile("model.gguf");
        take(file, false);

        store.delete("model");

        assertThat(file).exists();
        assertThat(store.list()).noneMatch(m -> m.name().equals("model"));
        Path made = store.starter().path();
        store.delete("sprout-1.4m-q8_0");
        assertThat(made).doesNotExist();
    }

    @Test
    void aFileThatIsNoModelIsRefusedWithAReason() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.gguf"), "not a model at all");
        Path cut = folder.resolve("cut.gguf");
        Files.write(cut, java.util.Arrays.copyOf(StarterModel.bytes(), 10_000));

        assertBadModel(() -> take(text, false), "GGUF");
        assertBadModel(() -> take(cut, true), "cut.gguf");
        assertBadModel(() -> take(folder.resolve("nothing.gguf"), false), "no model file");
        assertBadModel(() -> store.find("unheard-of", HashProgress.SILENT, new Cancellation()), "models list");
        assertThat(store.list()).isEmpty();
        assertThat(folders.models()).doesNotExist();
    }

    @Test
    void aCancelledCopyLeavesNothing() throws Exception {
        Path file = modelFile("model.gguf");
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        assertThatThrownBy(() -> store.importFile(file, true, HashProgress.SILENT, cancellation))
                .isInstanceOf(CancellationException.class);

        assertThat(folders.models()).isEmptyDirectory();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void anotherFileOfTheSameNameGetsANameOfItsOwn() throws Exception {
        Path first = modelFile("model.gguf");
        Path second = Files.createDirectories(folder.resolve("other")).resolve("model.gguf");
        byte[] other = java.util.Arrays.copyOf(StarterModel.bytes(), StarterModel.bytes().length + 1);
        Files.write(second, other);

        take(first, false);
        StoredModel renamed = take(second, false);

        assertThat(renamed.name()).startsWith("model-").hasSize("model-".length() + 6);
        assertThat(store.list()).hasSize(2);
    }

    private StoredModel take(Path file, boolean copy) {
        return store.importFile(file, copy, counting, new Cancellation());
    }

    private CheckedModel check(StoredModel model) {
        return store.check(model, HashProgress.SILENT, new Cancellation());
    }

    private Path modelFile(String name) throws Exception {
        return Files.write(folder.resolve(name), StarterModel.bytes());
    }

    private static void assertBadModel(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.problem()).isEqualTo(Problem.BAD_MODEL))
                .hasMessageContaining(part);
    }
}
