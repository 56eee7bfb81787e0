package com.peerllm.host.engine.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Python's arithmetic operators; whatever makes text or lists pays for it from the budget first. */
final class Arithmetic {
    private final Budget budget;

    Arithmetic(Budget budget) {
        this.budget = budget;
    }

    Object apply(String operator, Object left, Object right) {
        if (left instanceof Undefined none) throw PyValues.undefined(none);
        if (right instanceof Undefined none) throw PyValues.undefined(none);
        return switch (operator) {
            case "+" -> add(left, right);
            case "*" -> multiply(left, right);
            case "%" -> left instanceof String format ? format(format, right) : numbers(operator, left, right);
            default -> numbers(operator, left, right);
        };
    }

    String concat(Object left, Object right) {
        String a = PyText.str(left);
        String b = PyText.str(right);
        budget.characters((long) a.length() + b.length());
        return a + b;
    }

    private Object add(Object left, Object right) {
        if (left instanceof String && right instanceof String) return concat(left, right);
        if (left instanceof List<?> a && right instanceof List<?> b) {
            budget.characters((long) a.size() + b.size());
            List<Object> both = new ArrayList<>(a);
            both.addAll(b);
            return both;
        }
        return numbers("+", left, right);
    }

    private Object multiply(Object left, Object right) {
        if (left instanceof String text && right instanceof Long times) return repeat(text, times);
        if (right instanceof String text && left instanceof Long times) return repeat(text, times);
        if (left instanceof List<?> list && right instanceof Long times) {
            int count = times(list.size(), times);
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < count; i++) all.addAll(list);
            return all;
        }
        return numbers("*", left, right);
    }

    private String repeat(String text, long times) {
        return text.repeat(times(text.length(), times));
    }

    private int times(int size, long times) {
        long wanted = Math.max(0, Math.min(times, Budget.CHARACTERS + 1));
        budget.characters(Math.max(1, size) * wanted);
        return (int) wanted;
    }

    private static Object numbers(String operator, Object left, Object right) {
        if (!PyValues.isNumber(left) || !PyValues.isNumber(right))
            throw TemplateException.runtime("\"" + operator + "\" does not work with " + PyValues.kind(left) + " and "
                    + PyValues.kind(right) + ".");
        boolean real = left instanceof Double || right instanceof Double;
        if (operator.equals("/")) return PyValues.real(left) / nonZero(PyValues.real(right));
        if (operator.equals("**")) return power(left, right, real);
        return real
                ? realNumbers(operator, PyValues.real(left), PyValues.real(right))
                : wholeNumbers(operator, PyValues.integer(left), PyValues.integer(right));
    }

    private static Object power(Object left, Object right, boolean real) {
        double result = Math.pow(PyValues.real(left), PyValues.real(right));
        return real || PyValues.real(right) < 0 || Math.abs(result) > 1e15 ? (Object) result : (Object) (long) result;
    }

    private static Object wholeNumbers(String operator, long a, long b) {
        try {
            return switch (operator) {
                case "+" -> Math.addExact(a, b);
                case "-" -> Math.subtractExact(a, b);
                case "*" -> Math.multiplyExact(a, b);
                case "//" -> Math.floorDiv(a, b);
                case "%" -> Math.floorMod(a, b);
                default -> throw TemplateException.runtime("There is no operator \"" + operator + "\".");
            };
        } catch (ArithmeticException e) {
            throw TemplateException.runtime("A calculation has no result: it divides by zero or grows too large.");
        }
    }

    private static Object realNumbers(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "//" -> Math.floor(a / nonZero(b));
            case "%" -> a - Math.floor(a / nonZero(b)) * b;
            default -> throw TemplateException.runtime("There is no operator \"" + operator + "\".");
        };
    }

    private static double nonZero(double divisor) {
        if (divisor == 0) throw TemplateException.runtime("A calculation divides by zero.");
        return divisor;
    }

    /** Python's {@code "..." % values} for {@code %s}, {@code %d} and {@code %%}. */
    String format(String format, Object values) {
        List<?> list = values instanceof List<?> several ? several : List.of(values);
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            char kind = format.charAt(++i);
            if (kind == '%') {
                out.append('%');
                continue;
            }
            if (kind != 's' && kind != 'd' && kind != 'r')
                throw TemplateException.runtime("The format %" + kind + " is unknown.");
            if (next >= list.size() || values instanceof Map<?, ?>)
                throw TemplateException.runtime("A format lacks values.");
            Object value = list.get(next++);
            String text = kind == 'd'
                    ? Long.toString(PyValues.integer(value))
                    : kind == 'r' ? PyText.repr(value) : PyText.str(value);
            budget.characters(text.length());
            out.append(text);
        }
        return out.toString();
    }
}
