/** The measurements, one class each. */
package io.quantumtrader.bench.measure;
