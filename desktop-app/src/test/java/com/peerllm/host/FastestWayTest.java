package com.peerllm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.catalog.Wish;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.MeasuredTrial;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.storage.ModelRunRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real engine with its starter model, measured as shortly as can be. */
@Timeout(60)
class FastestWayTest {
    private final Surroundings around = Surroundings.ofThisProgram();
    private final Path natives = EngineNatives.locate(System.getProperties());
    private final HardwareProfile machine = new Machine().withoutDevices();
    private HostData data;
    private ModelRecords records;
    private PlannedModel starter;

    @BeforeEach
    void open(@TempDir Path folder) {
        data = HostData.open(new AppFolders(folder), around.clock());
        records = new ModelRecords(data, machine, EngineNatives.release(natives), around.clock());
        CheckedModel model = data.models().check(data.models().starter(), HashProgress.SILENT, new Cancellation());
        starter = ServePlan.planned(
                model,
                ServePlan.shape(model.facts(), machine, Wish.NONE),
                natives,
                OptionalInt.of(1),
                false,
                Optional.empty());
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void keepsTheFastestWayForTheNextStart() {
        List<MeasuredTrial> heard = new ArrayList<>();

        FastestWay.Found found = ways().find(
                        starter,
                        new FastestWay.Progress() {
                            @Override
                            public void measured(MeasuredTrial trial) {
                                heard.add(trial);
                            }

                            @Override
                            public void failed(String sentence) {
                                throw new AssertionError(sentence);
                            }
                        },
                        new Cancellation());

        assertThat(heard).isEqualTo(found.trials()).contains(found.best());
        assertThat(records.run(starter.digest())).get().satisfies(kept -> {
            assertThat(kept.searched()).isTrue();
            assertThat(kept.threads()).isEqualTo(found.best().trial().threads());
            assertThat(kept.decodeOne()).isEqualTo(found.best().speed().decodeOne());
        });
    }

    @Test
    void keepsNothingWhenItIsCancelled() {
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();

        assertThatThrownBy(() -> ways().find(starter, FastestWay.Progress.SILENT, cancelled))
                .isInstanceOf(CancellationException.class);
        Optional<ModelRunRow> kept = records.run(starter.digest());
        assertThat(kept).isEmpty();
    }

    private FastestWay ways() {
        return new FastestWay(machine, records, Duration.ofMillis(1), around.threads());
    }
}
