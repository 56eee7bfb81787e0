package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * llama.cpp's shared libraries in memory: finds their functions by name.
 *
 * <p>Loading a library and giving it a type are what Java calls restricted methods: a wrong signature here can crash the process.
 * That is this package's work, so the compiler's warning is silenced here, in {@link NativeCalls}, and nowhere else.
 */
@SuppressWarnings("restricted")
final class NativeLibrary {
    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup symbols;

    private NativeLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /** Loads the libraries of a folder for as long as the arena lives; the order matters, each needs the one before. */
    static NativeLibrary load(Path folder, Arena arena) {
        SymbolLookup base = open(folder, "ggml-base", arena);
        SymbolLookup ggml = open(folder, "ggml", arena);
        SymbolLookup llama = open(folder, "llama", arena);
        return new NativeLibrary(llama.or(ggml).or(base));
    }

    /** A function that every release has. */
    MethodHandle function(String name, MemoryLayout returned, MemoryLayout... arguments) {
        return bind(name, FunctionDescriptor.of(returned, arguments));
    }

    /** A function without a result that every release has. */
    MethodHandle procedure(String name, MemoryLayout... arguments) {
        return bind(name, FunctionDescriptor.ofVoid(arguments));
    }

    /** A function that the library gave a pointer to. */
    MethodHandle at(MemorySegment function, MemoryLayout returned, MemoryLayout... arguments) {
        return linker.downcallHandle(function, FunctionDescriptor.of(returned, arguments));
    }

    /** A pointer to a Java function, which native code may call for as long as the arena lives. */
    MemorySegment callback(MethodHandle target, FunctionDescriptor descriptor, Arena arena) {
        return linker.upcallStub(target, descriptor, arena);
    }

    private MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return symbols.find(name)
                .map(symbol -> linker.downcallHandle(symbol, descriptor))
                .orElseThrow(() -> new EngineException(
                        EngineErrorCode.LAYOUT_MISMATCH,
                        "The engine's libraries lack the function " + name
                                + ": they are of another release. Run ./peerllm to fetch the right one."));
    }

    private static SymbolLookup open(Path folder, String name, Arena arena) {
        Path file = find(folder, name)
                .orElseThrow(() -> new EngineException(
                        EngineErrorCode.NATIVES_MISSING,
                        "The library " + name + " is not in " + folder
                                + ". Run ./peerllm once: it fetches the engine for this computer."));
        try {
            return SymbolLookup.libraryLookup(file, arena);
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    EngineErrorCode.NATIVES_MISSING,
                    "The library " + file + " does not load on this computer. Run ./peerllm to fetch the engine again.",
                    e);
        }
    }

    /** File names carry the release and the variant, such as {@code libllama.metal.v0.4.0.dylib} and {@code llama.v0.4.0.dll}. */
    static Optional<Path> find(Path folder, String name) {
        Pattern fileName = Pattern.compile(
                "(lib)?" + Pattern.quote(name) + "(\\.[a-z]+)?(\\.v[0-9.]+|\\.b[0-9]+)?\\.(so|dylib|dll)");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            fileName.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
