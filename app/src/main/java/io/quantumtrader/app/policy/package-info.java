/** The operator's hand on the policy: what holds, since when and why, and how it is changed. */
package io.quantumtrader.app.policy;
