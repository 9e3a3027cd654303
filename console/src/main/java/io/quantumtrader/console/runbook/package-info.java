/** The runbook: what each code, alert and loss of health means, and what to do about it. */
package io.quantumtrader.console.runbook;
