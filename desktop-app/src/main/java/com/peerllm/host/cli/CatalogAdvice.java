package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Machine;
import com.peerllm.host.SpeedRecords;
import com.peerllm.host.Surroundings;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.catalog.MeasuredSpeeds;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Looks at this computer for commands that advise on models; what cannot be found out is left out and told. */
final class CatalogAdvice {
    private CatalogAdvice() {}

    /**
     * Makes nothing on the disk.
     *
     * @param tell takes a sentence about what was left out
     */
    static Advisor look(AppFolders folders, Surroundings around, Consumer<String> tell) {
        return look(around, tell, (machine, engine) -> speeds(folders, around, machine, engine, tell));
    }

    /** For a command that has the data folder open. */
    static Advisor look(HostData data, Surroundings around, Consumer<String> tell) {
        return look(around, tell, (machine, engine) -> SpeedRecords.of(data, machine, engine));
    }

    private static Advisor look(
            Surroundings around, Consumer<String> tell, BiFunction<HardwareProfile, String, MeasuredSpeeds> speeds) {
        Machine machine = new Machine();
        HardwareProfile profile = machine.withoutDevices();
        try {
            Path natives = EngineNatives.locate(around.properties());
            profile = machine.withDevices(natives, around.threads());
            return new Advisor(profile, speeds.apply(profile, EngineNatives.release(natives)));
        } catch (EngineException e) {
            tell.accept(e.failure().sentence());
            return new Advisor(profile, MeasuredSpeeds.NONE);
        }
    }

    private static MeasuredSpeeds speeds(
            AppFolders folders, Surroundings around, HardwareProfile machine, String engine, Consumer<String> tell) {
        if (!Files.isDirectory(folders.data())) return MeasuredSpeeds.NONE;
        try (HostData data = HostData.open(folders, around.clock())) {
            return SpeedRecords.of(data, machine, engine);
        } catch (HostException e) {
            if (e.problem() != Problem.DATA_FOLDER_IN_USE) throw e;
            tell.accept("A host runs with this data folder; the speeds that it measured are not looked at.");
            return MeasuredSpeeds.NONE;
        }
    }
}
