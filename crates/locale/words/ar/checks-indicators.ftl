IND001 = { $whole ->
        [plan] من مؤشرات «{ $plan }» وعددها { $all } لا يستوفي معيار «محدد» ما عدده { $n }.
       *[one] لا يستوفي «{ $indicator }» معيار «محدد».
    } { $reason ->
        [composite] { smart-composite }
        [double-barrelled] { smart-double-barrelled }
        [vague-words] { smart-vague-words }
        [no-definition] { smart-no-definition }
        [defined] { smart-defined }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = مكتبان يقرآن المؤشر قراءتين يبلّغان عن شيئين مختلفين، ولا معنى لمجموعهما.
    .remedy = سمِّ شيئاً واحداً، واكتب تعريفاً يبين ما يُحسب وما لا يُحسب.
IND002 = { $whole ->
        [plan] من مؤشرات «{ $plan }» وعددها { $all } لا يستوفي معيار «قابل للقياس» ما عدده { $n }.
       *[one] لا يستوفي «{ $indicator }» معيار «قابل للقياس».
    } { $reason ->
        [no-unit] { smart-no-unit }
        [no-parts] { smart-no-parts }
        [no-scale] { smart-no-scale }
        [no-direction] { smart-no-direction }
        [no-reporting] { smart-no-reporting }
        [measured] { smart-measured }
        [story] { smart-story }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = ما لا وحدة له ولا أساس لا يُجمع ولا يُقارن ولا يُتحقق منه.
    .remedy = املأ الوحدة وما يحتاج إليه نوع القياس: البسط والمقام أو السلّم أو طريقة الإبلاغ.
IND003 = { $whole ->
        [plan] من مؤشرات «{ $plan }» وعددها { $all } لا يستوفي معيار «قابل للتحقيق» ما عدده { $n }.
       *[one] لا يستوفي «{ $indicator }» معيار «قابل للتحقيق».
    } { $reason ->
        [no-target] { smart-no-target }
        [no-baseline] { smart-no-baseline }
        [out-of-bounds] { smart-out-of-bounds }
        [against-direction] { smart-against-direction }
        [pace] { smart-pace }
        [no-history] { smart-no-history }
        [pace-known] { smart-pace-known }
        [story] { smart-story }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = الهدف الذي لا يصدّقه أحد لا يوجّه أحداً، ويُعتذر عنه منذ السنة الأولى.
    .remedy = ضع هدفاً يسنده الماضي أو مراجع، وسجّل تقييم المراجع مع سببه.
IND004 = { $whole ->
        [plan] من مؤشرات «{ $plan }» وعددها { $all } لا يستوفي معيار «ذو صلة» ما عدده { $n }.
       *[one] لا يستوفي «{ $indicator }» معيار «ذو صلة».
    } { $reason ->
        [no-result] { smart-no-result }
        [activity] { smart-activity }
        [no-focus] { smart-no-focus }
        [tied] { smart-tied }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = المؤشر الذي لا يقيس نتيجته قد يتحقق وتفوت النتيجة.
    .remedy = قس ما يتغير في المدن ولدى الناس، تحت النتيجة التي تعد به.
IND005 = { $whole ->
        [plan] من مؤشرات «{ $plan }» وعددها { $all } لا يستوفي معيار «محدد زمنياً» ما عدده { $n }.
       *[one] لا يستوفي «{ $indicator }» معيار «محدد زمنياً».
    } { $reason ->
        [no-target] { smart-no-target }
        [undated] { smart-undated }
        [after-plan] { smart-after-plan }
        [no-cadence] { smart-no-cadence }
        [dated] { smart-dated }
        [story] { smart-story }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = من دون يوم لا يتأخر شيء أبداً، ولا يُرسم المسار من خط الأساس إلى الهدف.
    .remedy = أضف هدفاً بقيمته واليوم الذي يحل فيه.
IND006 = { $whole ->
        [plan] من مؤشرات «{ $plan }» وعددها { $all } لا يستوفي معيار «نطاق تمكن إدارته» ما عدده { $n }.
       *[one] لا يستوفي «{ $indicator }» معيار «نطاق تمكن إدارته».
    } { $reason ->
        [many-per-result] { smart-many-per-result }
        [many-figures] { smart-many-figures }
        [few] { smart-few }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = كل مؤشر يكلّف أحدهم أياماً كل سنة؛ والكثير منها يُبلَّغ عنه على نحو سيئ أو لا يُبلَّغ.
    .remedy = أبقِ الاثنين أو الثلاثة الأبلغ دلالة على النتيجة، وأخرج الباقي.
IND007 = { $whole ->
        [plan] من مؤشرات «{ $plan }» وعددها { $all } لا يستوفي معيار «إسناد عادل» ما عدده { $n }.
       *[one] لا يستوفي «{ $indicator }» معيار «إسناد عادل».
    } { $reason ->
        [world-moves] { smart-world-moves }
        [nobody-reports] { smart-nobody-reports }
        [own-work] { smart-own-work }
        [reported] { smart-reported }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = التغير الذي لم يحدثه العمل ليس فضلاً له ولا ذنباً عليه.
    .remedy = لتصرّح به المشاريع التي تحرّكه، أو سجّل تقييماً لكيفية إسناد التغير.
IND008 = { $whole ->
        [plan] من مؤشرات «{ $plan }» وعددها { $all } لا يستوفي معيار «بيانات أو طريق واضح إليها» ما عدده { $n }.
       *[one] لا يستوفي «{ $indicator }» معيار «بيانات أو طريق واضح إليها».
    } { $reason ->
        [no-data] { smart-no-data }
        [no-source] { smart-no-source }
        [path-unclear] { smart-path-unclear }
        [provisional] { smart-provisional }
        [at-hand] { smart-at-hand }
        [path] { smart-path }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = مؤشر بلا طريق إلى البيانات أمنية، وتظهر الثغرة عند استحقاق التقرير.
    .remedy = سمِّ المصدر وموثوقيته وكيفية التحقق منه، أو استبدل المؤشر.
IND009 = { $whole ->
        [plan] من مؤشرات «{ $plan }» وعددها { $all } لا يستوفي معيار «يلائم القدرة» ما عدده { $n }.
       *[one] لا يستوفي «{ $indicator }» معيار «يلائم القدرة».
    } { $reason ->
        [no-owner] { smart-no-owner }
        [owner-full] { smart-owner-full }
        [survey-too-often] { smart-survey-too-often }
        [owned] { smart-owned }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = المؤشر الذي لا يملك أحد مالاً أو مهارة لقياسه لن تكون له قيمة عند الاستحقاق.
    .remedy = سمِّ الوحدة المسؤولة عنه، وليقل مراجع هل تستطيع.
IND010 = { $whole ->
        [plan] من مؤشرات «{ $plan }» وعددها { $all } لا يستوفي معيار «أدلة يمكن التحقق منها» ما عدده { $n }.
       *[one] لا يستوفي «{ $indicator }» معيار «أدلة يمكن التحقق منها».
    } { $reason ->
        [no-verification] { smart-no-verification }
        [source-only] { smart-source-only }
        [verifiable] { smart-verifiable }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = الرقم الذي لا يمكن التحقق منه رأي؛ ويسقطه المقيّمون والمراجعون.
    .remedy = بيّن كيف يُتحقق من القيمة، واحفظ الدليل مع كل رصد.
IND011 = { $whole ->
        [plan] المؤشرات المؤكدة في «{ $plan }» وعددها { $n } يفوت كلاً منها معيار واحد على الأقل من معايير الاختيار.
       *[one] «{ $indicator }» مؤكد، لكن المعايير العشرة يفوته منها { $missed }.
    }
    .why = يدخل المؤشر المجموعة حين يستوفي كل معيار؛ وكل ما دخل بغير ذلك يُدفع ثمنه في كل تقرير.
    .remedy = أصلح ما تسميه المعايير، أو سجّل رأي مراجع، أو أعده مرشحاً.
IND012 = { $whole ->
        [plan] لا خط أساس لأي من مؤشرات «{ $plan }» وعددها { $n }.
       *[one] ليس لمؤشر «{ $indicator }» خط أساس.
    }
    .why = من دون خط أساس لا يُظهر أي تغير، وكل ما يُقاس لاحقاً يحمل أثر الخطة.
    .remedy = قس أو قدّر أين كان قبل الخطة، وسجّله بيومه ومصدره.
IND013 = خط أساس «{ $indicator }» مؤرخ في { $date }؛ ويجب أن يسبق { $start }.
    .why = خط الأساس الموضوع بعد البدء يحمل بعض الأثر الذي ينبغي أن يُقارن به.
    .remedy = استعمل آخر قيمة قبل البدء، ولو تقديراً موسوماً بذلك، أو أعفِ من الملاحظة مع ذكر السبب.
IND014 = ليس لخط أساس «{ $indicator }» يوم.
    .why = لا يُعرف هل قيس قبل الخطة، ولا بداية للمسار إلى الهدف.
    .remedy = سجّل يوم قياسه.
IND015 = خط أساس «{ $indicator }» هو { $value } بلا وحدة.
    .why = عشرة في المئة وعشر مدن وعشرة ملايين نسمة ليست بداية واحدة.
    .remedy = اذكر وحدة المؤشر.
IND016 = { $level ->
        [place] هدف «{ $indicator }» في { $place } لا خط أساس لذلك المكان.
        [group] هدف «{ $indicator }» لفئة { $group } لا خط أساس لتلك الفئة.
        [both] هدف «{ $indicator }» لفئة { $group } في { $place } لا خط أساس يماثله.
       *[whole] هدف «{ $indicator }» للبرنامج كله، وخط أساسه ليس كذلك.
    }
    .why = يجب أن تُقاس البداية والنهاية على مستوى واحد، وإلا فلا معنى للمسافة بينهما.
    .remedy = سجّل خط أساس للمكان والفئة نفسيهما، أو ضع الهدف على مستوى خط الأساس.
IND017 = { $whole ->
        [plan] لا هدف لأي من مؤشرات «{ $plan }» وعددها { $n }.
       *[one] ليس لمؤشر «{ $indicator }» هدف.
    }
    .why = من دون هدف لا يُقال هل النتيجة على المسار، وتصير كل قيمة نجاحاً.
    .remedy = ضع هدفاً بيومه؛ وإن تعذر على الخطة فقل ذلك وأبقِ المؤشر مرشحاً.
IND018 = ليس لهدف «{ $indicator }» ({ $value }) يوم.
    .why = الهدف بلا يوم لا يفوت أبداً ولا يُبلغ أبداً.
    .remedy = بيّن اليوم الذي يحل فيه.
IND019 = { $direction ->
        [increase] ينبغي أن يرتفع «{ $indicator }» لكنه ينتقل من { $baseline } إلى { $value }.
       *[decrease] ينبغي أن ينخفض «{ $indicator }» لكنه ينتقل من { $baseline } إلى { $value }.
    }
    .why = إما أن الاتجاه خطأ أو إحدى القيمتين؛ وإلى أن يُصلح يظهر التقدم تراجعاً.
    .remedy = صحّح الاتجاه أو خط الأساس أو الهدف.
IND020 = خط أساس «{ $indicator }» وهدفه كلاهما { $value }.
    .why = الهدف المتحقق سلفاً لا يعد بشيء، وليس للتقدم مسار يُقاس عليه.
    .remedy = ضع هدفاً يتحرك، أو صرّح بأن القيمة ينبغي أن تبقى كما هي.
IND021 = يحل هدف «{ $indicator }» في { $date }، والخطة تنتهي في { $end }.
    .why = ستُغلق الخطة وتُقيَّم قبل أن يحل وعدها.
    .remedy = ضع هدفاً لآخر يوم في الخطة؛ وما بعده يخص الخطة التالية.
IND022 = لا يمكن أن يكون «{ $indicator }» { $value }؛ حدّه { $bound }.
    .why = القيمة المستحيلة تُفسد كل نسبة تقدم.
    .remedy = صحّح القيمة أو وحدتها أو حدود المؤشر.
IND023 = { $whole ->
        [plan] لا وحدة لأي من مؤشرات «{ $plan }» وعددها { $n }.
       *[one] ليست لمؤشر «{ $indicator }» وحدة.
    }
    .why = القيم بلا وحدة لا تُقارن ولا تُجمع ولا تُكشف فيها زلة الألف.
    .remedy = اذكر الوحدة، مثل النسبة المئوية أو المدينة أو الشخص أو الدولار.
IND024 = { $whole ->
        [plan] لا يبين أي من مؤشرات «{ $plan }» وعددها { $n } أي اتجاه أفضل.
       *[one] لا يبين «{ $indicator }» أي اتجاه أفضل.
    }
    .why = من دون اتجاه لا تُحسب حالة: فالانخفاض قد يكون نجاحاً أو فشلاً.
    .remedy = صرّح هل ينبغي أن يزيد أو ينقص أو يبقى.
IND025 = { $whole ->
        [plan] لا يبين أي من تدفقات «{ $plan }» وعددها { $n } هل قيمه تراكمية.
       *[one] لا يبين «{ $indicator }» هل قيمه تراكمية.
    }
    .why = جمع القيم التراكمية يعدّ كل شيء مرات؛ والتخمين مرفوض، فلا رقم إذن.
    .remedy = صرّح بأنها تراكمية أو تخص فترتها.
IND026 = { $state ->
        [none] يحسب «{ $indicator }» الجهات بحسب المرحلة ولا يسمي سلّماً.
       *[few] يحسب «{ $indicator }» الجهات بسلّم { $scale } ومراحله أقل من اثنتين ({ $n }).
    }
    .why = قيمته توزيع على مراحل؛ وبلا مراحل لا شيء يوزَّع.
    .remedy = عرّف مراحل السلّم بترتيبها، وسمِّ السلّم عند المؤشر.
IND027 = { $whole ->
        [plan] لا تبين أي من نسب «{ $plan }» ومتوسطاتها وعددها { $n } مم هي.
       *[one] لا يبين «{ $indicator }» مم هو نسبة أو متوسط.
    }
    .why = تُجمع النسب والمتوسطات من بسطها ومقامها؛ ومن دونهما لا يمكن ضمّها.
    .remedy = بيّن ما البسط وما المقام.
IND028 = { $joined ->
        [subjects] يعدّ «{ $indicator }» نوعين من الجهات في عدد واحد: { $first } و{ $second }.
        [actions] يطلب «{ $indicator }» فعلين معاً: «{ $first }» و«{ $second }».
        [questions] يجيب «{ $indicator }» جواباً واحداً عن سؤالين: «{ $first }» و«{ $second }».
        [measures] «{ $indicator }» قياسان: { $first } و{ $second }.
       *[list] يضع «{ $indicator }» عدة أرقام في واحد، من «{ $first }» إلى «{ $second }».
    }
    .why = حين يتحرك نصف ولا يتحرك الآخر لا تقول القيمة أيهما، ويعدّ مبلّغان عدّين مختلفين.
    .remedy = اجعله مؤشرين، أو أبقِ النصف المهم، أو عرّف ما يُحسب حين يصح نصف واحد فقط.
IND029 = يحسب «{ $indicator }» عملاً («{ $words }») ويقع تحت النتيجة «{ $result }».
    .why = قد تُعقد مئة ورشة ولا يتغير شيء؛ فالنتيجة ما يفعله الناس والمدن على نحو مختلف.
    .remedy = قس التغير، واحسب العمل على مستوى النواتج.
IND030 = { $whole ->
        [plan] لا مصدر بيانات لأي من مؤشرات «{ $plan }» وعددها { $n }.
       *[one] ليس لمؤشر «{ $indicator }» مصدر بيانات.
    }
    .why = حين يُستحق التقرير لا يعرف أحد من يسأل، ويسأل شخصان مصدرين.
    .remedy = سمِّ مصدر بياناته.
IND031 = { $whole ->
        [plan] لا يبين أي من مؤشرات «{ $plan }» وعددها { $n } كيف يُتحقق من القيمة.
       *[one] لا يبين «{ $indicator }» كيف يُتحقق من القيمة.
    }
    .why = من يقبل قيمة يجب أن يستطيع التحقق منها؛ وبلا وسيلة لا يملك إلا التصديق.
    .remedy = بيّن بأي وثيقة أو زيارة أو مقارنة يُتحقق من القيمة.
IND032 = { $whole ->
        [plan] لا وحدة تسأل عن أي من مؤشرات «{ $plan }» وعددها { $n }.
       *[one] لا وحدة تسأل عن «{ $indicator }».
    }
    .why = ما يسأل عنه الجميع لا يبلّغ عنه أحد.
    .remedy = سمِّ وحدة واحدة تسأل عنه.
IND033 = { $whole ->
        [plan] لا يبين أي من مؤشرات «{ $plan }» وعددها { $n } وتيرة الإبلاغ عنه.
       *[one] لا يبين «{ $indicator }» وتيرة الإبلاغ عنه.
    }
    .why = يُستخرج المستحق من الوتيرة؛ ومن دونها لا يُستحق شيء أبداً ولا يُذكَّر أحد.
    .remedy = صرّح بوتيرة الإبلاغ عنه.
IND034 = { $whole ->
        [plan] لا يُفصَّل بحسب الجنس أي من مؤشرات «{ $plan }» التي تعدّ الناس وعددها { $n }.
       *[one] يعدّ «{ $indicator }» الناس ولا يُفصَّل بحسب الجنس.
    }
    .why = يخفي المجموع أن نصف الناس كسبوا والنصف الآخر لم يكسب.
    .remedy = أضف بُعد الجنس، واطلبه من كل مبلّغ.
IND035 = { $whole ->
        [plan] لا يُفصَّل بحسب العمر أي من مؤشرات «{ $plan }» التي تعدّ الناس وعددها { $n }.
       *[one] يعدّ «{ $indicator }» الناس ولا يُفصَّل بحسب العمر.
    }
    .why = الأطفال والشباب والمسنون أسهل من يُغفل، والمجموع لا يظهر ذلك.
    .remedy = أضف بُعد العمر حيث يسمح المصدر.
IND036 = يُفصَّل «{ $indicator }» بحسب «{ $dimension }» وليست له فئات.
    .why = سيخترع المبلّغون فئاتهم ولا يستقيم جمع.
    .remedy = اسرد فئات البُعد.
IND037 = يقول «{ $indicator }» ما يقوله «{ $other }» ({ $id }) تقريباً: { $percent } % من الكلمات مشتركة.
    .why = مؤشران لشيء واحد يُجمعان مرتين ويختلفان قليلاً ولا يعرف أحد أيهما يُقتبس.
    .remedy = أخرج أحدهما، أو ليبين اسماهما وتعريفاهما كيف يختلفان.
IND038 = { $change ->
        [added] أضيف «{ $indicator }» في { $date }، والخطة بدأت في { $start }.
       *[defined] الإصدار { $version } من «{ $indicator }» يغيّر ما يُقاس من { $date }، والخطة بدأت في { $start }.
    }
    .why = للدورة مجموعة واحدة من المؤشرات؛ والتغيير الجوهري يقطع كل سلسلة وكل مقارنة بالهدف.
    .remedy = أبقِ التعريف القديم حتى نهاية الدورة، أو غيّره بتنقيح للخطة مع جدول مقابلة.
IND039 = لخطة «{ $plan }» مؤشرات عددها { $n } لنتائج مقيسة عددها { $results }: أي { $ratio } لكل نتيجة.
    .why = ما زاد على ثلاثة لكل نتيجة أو مئة إجمالاً يكلّف جمعه أكثر مما يقرأ أحد.
    .remedy = أبقِ أبلغها دلالة على كل نتيجة، وأخرج الباقي.
IND040 = { $whole ->
        [plan] مؤشرات «{ $plan }» وعددها { $n } ما زالت كلها مرشحة مع أن الخطة بدأت.
       *[one] ما زال «{ $indicator }» مرشحاً مع أن خطته بدأت.
    }
    .why = الخطة التي تسير بلا مجموعة مؤكدة تقيس بما اتفق.
    .remedy = أكّده إذا استوفى المعايير، أو أخرجه.
IND041 = { $whole ->
        [plan] لا يرتبط أي من مؤشرات «{ $plan }» وعددها { $n } بإطار عالمي ولا يبين لماذا هو جديد.
       *[one] لا يرتبط «{ $indicator }» بأي إطار عالمي، ولا شيء يبين الحاجة إلى مؤشر جديد.
    }
    .why = كل مؤشر جديد زيادة لا تجمعها جهة أخرى ولا يُقارن بها شيء.
    .remedy = اربطه بالإطار الذي أُخذ منه، أو اذكر لماذا لا يقيسه أي منها.
IND042 = { $state ->
        [no-result] يقيس «{ $indicator }» النتيجة { $id } وهي غير موجودة.
       *[no-focus] يقع «{ $indicator }» تحت «{ $result }» التي لا تؤدي إلى أي محور تركيز في الخطة.
    }
    .why = المؤشر الذي لا يؤدي إلى شيء يُجمع لغير أحد، ويبقى التركيز الاستراتيجي بلا قياس.
    .remedy = اربط نتيجته بمجال أو نتيجة استراتيجية أو أثر، أو أخرج المؤشر.
IND043 = { $whole ->
        [plan] المؤشرات المؤكدة في «{ $plan }» وعددها { $n } ينقص كلاً منها خط أساس أو هدف أو مصدر أو وسيلة تحقق.
       *[one] «{ $indicator }» مؤكد، لكن ينقصه خط أساس أو هدف أو مصدر أو وسيلة تحقق.
    }
    .why = حين تؤكَّد المجموعة تُفتح لكل مؤشر هذه الحقول الأربعة؛ والخالي منها وعد بلا أساس.
    .remedy = املأ الحقول الأربعة، أو أعده مرشحاً.
IND044 = «{ $indicator }» بوحدة { $unit }، وهذه القيمة المخططة بوحدة { $other }.
    .why = القيم بوحدتين لا تقع على مسار واحد، والتقدم المحسوب منها لغو.
    .remedy = حوّل القيمة أو صحّح الوحدة.
IND045 = يضع «{ $indicator }» عدة أرقام في عدد واحد ({ $unit }).
    .why = البيت ومنتج الرهن لا يُجمعان؛ وإذا تحرك العدد لم يُعرف أي جزء تحرك.
    .remedy = أبلغ عن كل جزء بمؤشر مستقل، أو عرّف مؤشراً مركباً بأجزائه وأوزانه.
IND046 = { $tier ->
        [twice_per_plan] يقيس «{ $indicator }» نتيجة استراتيجية ويجب الإبلاغ عنه مرتين في الخطة لا { $cadence }.
        [biennial] يقيس «{ $indicator }» مجالاً ويجب الإبلاغ عنه كل سنتين لا { $cadence }.
       *[yearly] يقيس «{ $indicator }» إنجازاً ويجب الإبلاغ عنه كل سنة لا { $cadence }.
    }
    .why = يُبقي الهرم المسوح المكلفة نادرة والأعداد الرخيصة متكررة؛ والإيقاع الخطأ يكلّف مالاً أو يترك التقرير فارغاً.
    .remedy = اضبط وتيرة طبقته، أو انقله إلى النتيجة التي لها إيقاعه.
IND047 = يُبلَّغ عن «{ $indicator }» مرتين في خطته، لكن له أرقاماً لسنوات عددها { $n }: { $years }.
    .why = قمة الهرم تقبل تقريرين بالضبط، في المنتصف وفي النهاية؛ ويُرفض الثالث.
    .remedy = أبقِ أرقام منتصف المدة والسنة الأخيرة؛ وسجّل غيرها تحت المؤشر العالمي أو مؤشر من طبقة أدنى.
IND048 = ليس لمؤشر «{ $indicator }» رقم عن { $years }.
    .why = لهيئة الإدارة حق في نتائج كل مجال كل سنتين.
    .remedy = أبلغ عن الأرقام الناقصة، أو سجّل لماذا لا تتوافر.
IND049 = ليس لمؤشر «{ $indicator }» رقم عن { $years }.
    .why = يروي التقرير السنوي كل إنجاز؛ والسنة المتروكة لا تُعوَّض في النهاية.
    .remedy = أبلغ عن السنوات الناقصة، أو سجّل لماذا لا رقم.
IND050 = ليس لمؤشر «{ $indicator }» رقم عن { $years } من خطته.
    .why = يقوم تقييم منتصف المدة والتقييم الختامي على المؤشرات العليا؛ ومن دون رقم يحكمان بالانطباع.
    .remedy = خطط للمسح في وقته، أو سجّل لماذا لا رقم.
IND051 = تقرير «{ $plan }» عن { $period } لا يتحدث عن أي نتيجة؛ كل أسطره ({ $n }) نواتج.
    .why = تسأل هيئة الإدارة ماذا تغيّر؛ وقائمة النواتج تجيب ماذا عُمل.
    .remedy = أسند كل سطر إلى النتيجة التي يخدمها، وقل ماذا تغيّر.
IND052 = السطر { $position } من التقرير لا يسمي نتيجة: «{ $line }»
    .why = الناتج الذي لا يخدم نتيجة لا مكان له في تقرير عن النتائج.
    .remedy = سمِّ النتيجة التي يخدمها، أو احذف السطر.
IND053 = أُبلغ عن «{ $result }» للفترة { $period } من دون أي قصة.
    .why = الرقم يقول كم، والقصة تقول كيف ولمن؛ ويصدّق القارئ الاثنين معاً.
    .remedy = أضف قصة مكان أو أناس وافقوا على ذكرهم.
IND054 = يعدّ «{ $indicator }» جهات ولا يبين نوعها.
    .why = تُعدّ الجهة مرة واحدة؛ ومن دون نوعها قد تُعدّ المدينة وحكومتها اثنتين.
    .remedy = بيّن هل تُعدّ سلطات أو مدن أو بلدان أو جهات أخرى.
IND055 = أصغر قيمة لمؤشر «{ $indicator }» ({ $minimum }) أكبر من أكبرها ({ $maximum }).
    .why = لا تقع قيمة ضمن هذين الحدين، فتُرفض كل ملاحظة.
    .remedy = بدّل بينهما.
IND056 = معلم «{ $indicator }» ({ $value }) لا يقع بين خط أساسه ({ $baseline }) وهدفه ({ $target }).
    .why = المسار الذي يتجاوز ثم يعود يُفسد الحالة عند المعلم.
    .remedy = صحّح المعلم أو الهدف.
IND057 = الإصدار { $version } من «{ $indicator }» يحوّل { $from } إلى { $to } بلا معامل.
    .why = من دون المعامل لا تُقارن القيم القديمة بالجديدة وتنقطع السلسلة.
    .remedy = سجّل المعامل، أو ابدأ مؤشراً جديداً.
IND058 = { $measure ->
        [share] «{ $indicator }» نسبة، لكن وحدته { $unit }.
       *[other] «{ $indicator }» يُعدّ أو يُجمع، لكن وحدته { $unit }.
    }
    .why = النسب لا تُجمع والأعداد لا تُوسَّط؛ ويجب أن تقول الوحدة ونوع القياس الشيء نفسه.
    .remedy = صحّح الوحدة أو نوع القياس.
IND059 = وُضع هدف «{ $indicator }» في { $date } بعد بدء الخطة في { $start }.
    .why = الهدف الذي يوضع وبعض النتيجة معروف يسهل وضعه حيث سيتحقق.
    .remedy = أبقِ الهدف الأول بجانب الجديد، وقل لماذا تغيّر.
IND060 = «{ $indicator }»، المعيار «{ $criterion ->
        [achievable] { list-criterion-achievable }
        [attributable] { list-criterion-attributable }
        [capacity] { list-criterion-capacity }
        [data] { list-criterion-data }
        [manageable] { list-criterion-manageable }
        [measurable] { list-criterion-measurable }
        [relevant] { list-criterion-relevant }
        [time_bound] { list-criterion-time-bound }
        [verifiable] { list-criterion-verifiable }
       *[specific] { list-criterion-specific }
    }»: درجته عند { $by } «{ $reviewed ->
        [met] { list-grade-met }
        [not_met] { list-grade-not-met }
        [partly] { list-grade-partly }
       *[unknown] { list-grade-unknown }
    }» ({ $words })، وفي السجل «{ $recorded ->
        [met] { list-grade-met }
        [not_met] { list-grade-not-met }
        [partly] { list-grade-partly }
       *[unknown] { list-grade-unknown }
    }».
    .why = أحدهما يعرف ما لا يعرفه الآخر، وإن بقيا هكذا صدّق كل قارئ درجة غير الأخرى.
    .remedy = سجّل ما عرفه المراجع، أو اطلب منه أن يعيد التقدير.
smart-activity = يحسب العمل («{ $words }») لا ما يتغير.
smart-after-plan = يحل آخر أهدافه في { $date } بعد انتهاء الخطة في { $end }.
smart-against-direction = يقع هدفه في الجهة الخاطئة من خط الأساس.
smart-at-hand = القيم المرصودة: { $n } ({ $source }).
smart-composite = يضع عدة أرقام في عدد واحد.
smart-dated = يحل هدفه في { $date }.
smart-defined = شيء واحد له تعريف.
smart-double-barrelled = يجمع شيئين: «{ $first }» و«{ $second }».
smart-few = مؤشرات نتيجته: { $n }.
smart-many-figures = يطلب من كل مكان { $n } من الأرقام سنوياً.
smart-many-per-result = لنتيجته { $n } من المؤشرات؛ وما زاد على { $most } يصعب تعهده.
smart-measured = له وحدة ({ $unit }) وكل ما يحتاج إليه نوع قياسه.
smart-no-baseline = لا خط أساس يبين من أين يبدأ.
smart-no-cadence = لا شيء يبين وتيرة الإبلاغ عنه.
smart-no-data = لم يُسمَّ مصدر ولم يُرصد شيء.
smart-no-definition = لا تعريف يبين ما يُحسب وما لا يُحسب.
smart-no-direction = لا شيء يبين أي اتجاه أفضل.
smart-no-focus = لا تؤدي «{ $result }» إلى أي محور تركيز في خطتها.
smart-no-history = لا سلسلة تبين سرعة تغيره؛ على مراجع أن يقول.
smart-no-owner = لا وحدة تسأل عنه.
smart-no-parts = لا شيء يبين مم هو نسبة أو متوسط.
smart-no-reporting = لا شيء يبين هل قيمه تراكمية.
smart-no-result = النتيجة التي ينبغي أن يقيسها غير موجودة.
smart-no-scale = يحسب الجهات بحسب المرحلة ولا سلّم بمرحلتين أو أكثر.
smart-no-source = القيم المرصودة: { $n }، ولم يُسمَّ مصدر.
smart-no-target = ليس له هدف.
smart-no-unit = ليست له وحدة.
smart-no-verification = لا شيء يبين كيف يُتحقق من القيمة.
smart-nobody-reports = لا يبلّغ عنه أي مشروع.
smart-out-of-bounds = هدفه ({ $value }) غير ممكن.
smart-own-work = يقيس عمل المنظمة نفسها.
smart-owned = المسؤول عنه: { $owner }.
smart-owner-full = { $owner } مسؤولة عن مؤشرات عددها { $n }.
smart-pace = يطلب هدفه تغيراً قدره { $needed } سنوياً، وأسرع ما شوهد { $fastest }.
smart-pace-known = يطلب هدفه تغيراً قدره { $needed } سنوياً، وقد شوهد { $fastest }.
smart-path = لم يُرصد شيء بعد، والطريق واضح: { $source }.
smart-path-unclear = سُمّي مصدر، ولم يُرصد شيء ولم يُبيَّن كيف يُتحقق من القيمة.
smart-provisional = القيم المؤقتة: { $n } من { $all }.
smart-reported = المشاريع التي تبلّغ عنه: { $n }.
smart-reviewer = يقول { $by }: { $words }
smart-several = تختلف الأسباب، ولكل مؤشر سببه.
smart-source-only = يوجد مصدر أو دليل، ولا شيء يبين كيف يُتحقق من القيمة.
smart-story = القصة لا رقم لها يُحكم به.
smart-survey-too-often = يطلب مسحاً أكثر من مرة في السنة.
smart-tied = يقع تحت «{ $result }» المؤدية إلى «{ $focus }».
smart-undated = ليس لهدفه يوم.
smart-vague-words = لا شيء يعرّف «{ $words }».
smart-verifiable = يبين السجل كيف يُتحقق من القيمة.
smart-world-moves = يحرّكه كثير غير العمل، ولا قياس عالمي بجانبه.
