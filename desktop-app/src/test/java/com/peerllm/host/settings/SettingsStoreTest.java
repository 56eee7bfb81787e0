package com.peerllm.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.identity.PeerIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsStoreTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("settings.json");
    }

    @Test
    void beginsWithTheDefaultsAndWritesNothingByItself() {
        assertThat(open().current().get()).isEqualTo(HostSettings.DEFAULTS);
        assertThat(file).doesNotExist();
    }

    @Test
    void aChangeIsThereAfterARestart() {
        MetOrchestrator met =
                new MetOrchestrator("net-one", PeerIdentity.generate().publicKey(), 5);
        open().update(s -> s.withModel("sprout").met("wss://a.example", met));

        HostSettings read = open().current().get();

        assertThat(read.model()).contains("sprout");
        assertThat(read.metOrchestrators()).containsEntry("wss://a.example", met);
    }

    @Test
    void rulesAreThereAfterARestartWithTheHoursOfEachDayInOneText() {
        SharingRules rules = SharingRules.DEFAULTS
                .as(SharingRules.Profile.LIGHT)
                .edit()
                .schedule(WeekHours.NIGHTS.with(DayOfWeek.SUNDAY, 12, true))
                .mostCelsius(OptionalInt.of(85))
                .done();
        open().update(s -> s.edit().rules(rules).done());

        assertThat(open().current().get().rules()).isEqualTo(rules);
        assertThat(file).content().contains("\"SUNDAY\" : \"111111100000100000000011\"");
    }

    @Test
    void hoursThatNobodyCanReadAreABrokenFile() throws Exception {
        Files.writeString(file, "{\"rules\": {\"schedule\": {\"MONDAY\": \"1101\"}}}");

        assertThat(open().warning()).isPresent();
    }

    @Test
    void whatANewerProgramWroteIsKeptWhenThisOneWrites() throws Exception {
        Files.writeString(file, "{\"theme\": {\"name\": \"dark\"}, \"slots\": 3}");
        SettingsStore store = open();

        store.update(s -> s.withModel("sprout"));

        assertThat(store.current().get().slots()).isEqualTo(OptionalInt.of(3));
        assertThat(file).content().contains("\"dark\"").contains("sprout");
    }

    @Test
    void aBrokenFileIsKeptAsideAndTheLastGoodOneUsed() throws Exception {
        open().update(s -> s.withModel("sprout"));
        Files.writeString(file, "{\"model\": \"other");

        SettingsStore store = open();

        assertThat(store.current().get().model()).contains("sprout");
        assertThat(store.warning()).hasValueSatisfying(w -> assertThat(w).contains("last good"));
        assertThat(folder.resolve("settings.json.broken-42")).hasContent("{\"model\": \"other");
    }

    @Test
    void aBrokenFileWithoutAGoodOneGivesTheDefaults() throws Exception {
        Files.writeString(file, "{\"slots\": -1}");

        SettingsStore store = open();

        assertThat(store.current().get()).isEqualTo(HostSettings.DEFAULTS);
        assertThat(store.warning()).hasValueSatisfying(w -> assertThat(w).contains("default"));
    }

    @Test
    void anEmptyFileIsABrokenFile() throws Exception {
        Files.createFile(file);

        assertThat(open().warning()).isPresent();
    }

    @Test
    void theIdentityIsMadeOnceAndADamagedOneIsNeverReplaced() throws Exception {
        Path key = folder.resolve("identity.key");
        PeerIdentity made = IdentityFile.readOrCreate(key);

        assertThat(IdentityFile.readOrCreate(key).hostId()).isEqualTo(made.hostId());

        Files.writeString(key, "damaged");
        assertThatThrownBy(() -> IdentityFile.readOrCreate(key)).hasMessageContaining("damaged");
        assertThat(key).hasContent("damaged");
    }

    private SettingsStore open() {
        return new SettingsStore(file, InstantSource.fixed(Instant.ofEpochMilli(42)));
    }
}
