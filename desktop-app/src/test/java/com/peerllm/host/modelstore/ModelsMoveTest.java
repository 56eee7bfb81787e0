package com.peerllm.host.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.storage.DownloadRow;
import com.peerllm.host.storage.HostDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsMoveTest {
    @TempDir
    Path folder;

    private AppFolders folders;
    private SettingsStore settings;
    private HostDatabase database;
    private ModelsFolder models;
    private ModelStore store;
    private ModelsMove move;

    @BeforeEach
    void open() {
        folders = new AppFolders(folder.resolve("data"));
        settings = new SettingsStore(folders.settings(), InstantSource.system());
        database = HostDatabase.open(folders.database());
        models = new ModelsFolder(folders, () -> settings.current().get().modelsFolder());
        store = new ModelStore(models, database.models(), InstantSource.system());
        move = new ModelsMove(models, database.models(), database.downloads(), settings, Disk.REAL);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatThisProgramMadeMovesAndWhatAPersonImportedStays() throws Exception {
        StoredModel starter = store.starter();
        Path own = Files.write(folder.resolve("own.gguf"), other());
        store.importFile(own, false, HashProgress.SILENT, new Cancellation());

        move(folder.resolve("big-disk"));

        assertThat(models.path()).isEqualTo(folder.resolve("big-disk"));
        assertThat(store.starter().path()).isEqualTo(folder.resolve("big-disk/sprout-1.4m-q8_0.gguf"));
        assertThat(starter.path()).doesNotExist();
        assertThat(own).exists();
        assertThat(store.list()).allMatch(model -> model.presence() == StoredModel.Presence.PRESENT);
        StoredModel copy = store.importFile(own, true, HashProgress.SILENT, new Cancellation());
        assertThat(copy.path().getParent()).isEqualTo(folder.resolve("big-disk"));

        move(folders.models());
        assertThat(settings.current().get().modelsFolder()).isEmpty();
        assertThat(folder.resolve("big-disk")).isEmptyDirectory();
    }

    @Test
    void aCancelledMoveLeavesEverythingAsItWas() throws Exception {
        StoredModel starter = store.starter();
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        assertThatThrownBy(() -> move.move(folder.resolve("new"), HashProgress.SILENT, cancellation))
                .isInstanceOf(CancellationException.class);

        assertThat(store.starter()).isEqualTo(starter);
        assertThat(models.path()).isEqualTo(folders.models());
        assertThat(folder.resolve("new")).isEmptyDirectory();
    }

    @Test
    void aFolderThatHasSuchAFileAlreadyIsRefused() throws Exception {
        StoredModel starter = store.starter();
        Path there = Files.createDirectory(folder.resolve("new")).resolve("sprout-1.4m-q8_0.gguf");
        Files.writeString(there, "somebody's");

        assertThatThrownBy(() -> move(folder.resolve("new"))).hasMessageContaining("already");
        assertThatThrownBy(() -> move(folder.resolve("no-disk/models"))).hasMessageContaining("Connect its disk");
        assertThat(there).hasContent("somebody's");
        assertThat(starter.path()).exists();
    }

    @Test
    void aMoveThatWasKilledMidwayIsFinishedByTheNext() throws Exception {
        store.starter();
        Path own = Files.write(folder.resolve("own.gguf"), other());
        store.importFile(own, true, HashProgress.SILENT, new Cancellation());
        Path next = Files.createDirectory(folder.resolve("new"));
        // As it stands after the first model was told to be there: both files, one .moving, the old setting.
        Path first = next.resolve("own.gguf");
        Files.copy(folders.models().resolve("own.gguf"), first);
        var row = database.models().named("own").orElseThrow();
        database.models()
                .put(new com.peerllm.host.storage.ModelRow(
                        row.digest(),
                        "own",
                        first,
                        row.sizeBytes(),
                        Files.getLastModifiedTime(first).toMillis(),
                        true,
                        1));
        Files.writeString(next.resolve("sprout-1.4m-q8_0.gguf.moving"), "half");

        assertThat(store.list()).allMatch(model -> model.presence() == StoredModel.Presence.PRESENT);
        move(next);

        assertThat(store.list()).allMatch(model -> model.presence() == StoredModel.Presence.PRESENT);
        assertThat(names(next)).containsExactlyInAnyOrder("own.gguf", "sprout-1.4m-q8_0.gguf");
        assertThat(folders.models()).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsGoneIsToldAndNothingIsForgotten() throws Exception {
        Path own = Files.write(folder.resolve("own.gguf"), other());
        move(folder.resolve("usb"));
        store.importFile(own, true, HashProgress.SILENT, new Cancellation());
        Files.move(folder.resolve("usb"), folder.resolve("unplugged"));

        assertThat(store.list()).extracting(StoredModel::presence).containsExactly(StoredModel.Presence.MISSING);
        assertThatThrownBy(models::ready).hasMessageContaining("usb is gone. Connect the disk");
        assertThat(folder.resolve("usb")).doesNotExist();
        assertThat(store.starter().presence()).isEqualTo(StoredModel.Presence.PRESENT);

        Files.move(folder.resolve("unplugged"), folder.resolve("usb"));
        assertThat(store.list()).allMatch(model -> model.presence() == StoredModel.Presence.PRESENT);
    }

    @Test
    void doesNotMoveUnderADownload() throws Exception {
        Path target = folders.models().resolve("model.gguf");
        database.downloads()
                .put(new DownloadRow(
                        "id",
                        1,
                        "model",
                        URI.create("https://a.example/f"),
                        target,
                        OptionalLong.empty(),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        DownloadRow.Wish.PAUSED,
                        Optional.empty()));
        Files.createDirectories(folders.models());
        Files.writeString(PartFile.part(target), "GGUF");

        assertThatThrownBy(() -> move(folder.resolve("new"))).hasMessageContaining("not finished (model)");
    }

    private void move(Path to) {
        move.move(to, HashProgress.SILENT, new Cancellation());
    }

    private static byte[] other() {
        return Arrays.copyOf(StarterModel.bytes(), StarterModel.bytes().length + 1);
    }

    private static Stream<String> names(Path in) throws IOException {
        return Arrays.stream(in.toFile().list());
    }
}
