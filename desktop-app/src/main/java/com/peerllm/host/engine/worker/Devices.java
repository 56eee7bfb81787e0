package com.peerllm.host.engine.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.peerllm.host.engine.EngineDevice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The computing devices: loads ggml's backends, which chooses the CPU variant for this processor, and lists what they found. */
final class Devices {
    private final MethodHandle loadAll;
    private final MethodHandle count;
    private final MethodHandle get;
    private final MethodHandle name;
    private final MethodHandle description;
    private final MethodHandle type;
    private final MethodHandle memory;

    Devices(NativeLibrary library) {
        loadAll = library.procedure("ggml_backend_load_all_from_path", ADDRESS);
        count = library.function("ggml_backend_dev_count", JAVA_LONG);
        get = library.function("ggml_backend_dev_get", ADDRESS, JAVA_LONG);
        name = library.function("ggml_backend_dev_name", ADDRESS, ADDRESS);
        description = library.function("ggml_backend_dev_description", ADDRESS, ADDRESS);
        type = library.function("ggml_backend_dev_type", JAVA_INT, ADDRESS);
        memory = library.procedure("ggml_backend_dev_memory", ADDRESS, ADDRESS, ADDRESS);
    }

    void loadBackends(Path folder) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = NativeCalls.utf8(arena, folder.toString());
            NativeCalls.call(() -> {
                loadAll.invokeExact(path);
                return null;
            });
        }
    }

    List<EngineDevice> list() {
        return NativeCalls.call(() -> {
            List<EngineDevice> devices = new ArrayList<>();
            long number = (long) count.invokeExact();
            for (long i = 0; i < number; i++) devices.add(read((MemorySegment) get.invokeExact(i)));
            return devices;
        });
    }

    private EngineDevice read(MemorySegment device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment free = arena.allocate(JAVA_LONG);
            MemorySegment total = arena.allocate(JAVA_LONG);
            return NativeCalls.call(() -> {
                memory.invokeExact(device, free, total);
                return new EngineDevice(
                        NativeCalls.text((MemorySegment) name.invokeExact(device)),
                        NativeCalls.text((MemorySegment) description.invokeExact(device)),
                        kind((int) type.invokeExact(device)),
                        total.get(JAVA_LONG, 0),
                        free.get(JAVA_LONG, 0));
            });
        }
    }

    private static EngineDevice.Kind kind(int ggmlType) {
        EngineDevice.Kind[] kinds = EngineDevice.Kind.values();
        return ggmlType >= 0 && ggmlType < kinds.length ? kinds[ggmlType] : EngineDevice.Kind.UNKNOWN;
    }
}
