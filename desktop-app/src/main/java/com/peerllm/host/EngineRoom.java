package com.peerllm.host;

import com.peerllm.host.availability.Limits;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongUnaryOperator;

/** The engine of this program: its libraries, what they found of this computer, and the models over them; made at first use. */
final class EngineRoom implements AutoCloseable {
    private final HostData data;
    private final Machine machine;
    private final Surroundings around;
    private Optional<Made> made = Optional.empty();
    private boolean closed;

    /** What is there once the engine was found to run here. */
    record Made(Path natives, HardwareProfile profile, ModelPool pool) {}

    EngineRoom(HostData data, Machine machine, Surroundings around) {
        this.data = data;
        this.machine = machine;
        this.around = around;
    }

    /**
     * May take a second when the engine looks for GPUs.
     *
     * @throws HostException {@code ENGINE} when it is missing or does not run here
     */
    synchronized Made get() {
        if (closed) throw new HostException(Problem.ENGINE, "The program is being closed.");
        if (made.isEmpty()) made = Optional.of(make());
        return made.get();
    }

    /** Nothing as long as nobody needed it. */
    synchronized Optional<Made> ifMade() {
        return made;
    }

    private Made make() {
        try {
            Path natives = EngineNatives.locate(around.properties());
            HardwareProfile profile = machine.withDevices(natives, around.threads());
            ModelRecords records = new ModelRecords(data, profile, EngineNatives.release(natives), around.clock());
            int budget = ServePlan.threadBudget(profile, OptionalInt.empty());
            LongUnaryOperator capped = room -> Math.min(room, limits(profile).memoryBytes());
            return new Made(natives, profile, new ModelPool(profile, machine, records, budget, capped, around));
        } catch (EngineException e) {
            throw new HostException(Problem.ENGINE, e.failure().sentence(), e);
        }
    }

    private Limits limits(HardwareProfile profile) {
        return Limits.of(data.settings().current().get().rules(), profile);
    }

    @Override
    public void close() {
        Optional<Made> last;
        synchronized (this) {
            closed = true;
            last = made;
        }
        last.ifPresent(all -> all.pool().close());
    }
}
