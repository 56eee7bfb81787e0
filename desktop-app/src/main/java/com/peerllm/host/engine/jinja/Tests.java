package com.peerllm.host.engine.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jinja's tests: what may stand after {@code is}. */
final class Tests {
    private Tests() {}

    static boolean holds(String test, Object value, CallArguments arguments) {
        return switch (test) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == Nothing.NONE;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "boolean" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "number" -> PyValues.isNumber(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "mapping" -> value instanceof Map;
            case "sequence" -> value instanceof List || value instanceof Map || value instanceof String;
            case "iterable" ->
                value instanceof List || value instanceof Map || value instanceof String || value instanceof Undefined;
            case "callable" -> value instanceof Callable;
            case "odd" -> Math.floorMod(PyValues.integer(value), 2L) == 1;
            case "even" -> Math.floorMod(PyValues.integer(value), 2L) == 0;
            case "divisibleby" ->
                Math.floorMod(PyValues.integer(value), PyValues.integer(arguments.require(0, "num"))) == 0;
            case "lower" -> PyText.str(value).equals(PyText.str(value).toLowerCase(Locale.ROOT));
            case "upper" -> PyText.str(value).equals(PyText.str(value).toUpperCase(Locale.ROOT));
            case "eq", "equalto", "==" -> PyValues.areEqual(value, arguments.require(0, "other"));
            case "ne", "!=" -> !PyValues.areEqual(value, arguments.require(0, "other"));
            case "lt", "lessthan", "<" -> PyValues.compare(value, arguments.require(0, "other")) < 0;
            case "le", "<=" -> PyValues.compare(value, arguments.require(0, "other")) <= 0;
            case "gt", "greaterthan", ">" -> PyValues.compare(value, arguments.require(0, "other")) > 0;
            case "ge", ">=" -> PyValues.compare(value, arguments.require(0, "other")) >= 0;
            case "in" -> PyValues.contains(arguments.require(0, "seq"), value);
            case "sameas" -> PyValues.areEqual(value, arguments.require(0, "other"));
            case "escaped" -> false;
            default -> throw TemplateException.runtime("There is no test \"" + test + "\".");
        };
    }
}
