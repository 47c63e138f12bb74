job-stage-classify = تصنيف الخلايا
job-stage-network = بناء شبكة الشوارع
job-stage-open-space = الأماكن المفتوحة
job-stage-reading = القراءة
job-stage-tables = قراءة الجداول
job-stage-units = عدّ الناس داخل الحدود
job-stage-waiting = حساب آخر يسبقه
job-stage-writing = الكتابة
job-stage-zones = الجمع داخل الحدود
page-about = عن النظام
page-about-api = الأرقام نفسها بصيغة JSON للقراءة فقط:
page-about-changed = تاريخ التغيير
page-about-data = بيانات للبرامج
page-about-fingerprint = البصمة
page-about-lead = يحفظ إيكيستكس خطط برنامج المستوطنات بوصفها بيانات، ويفحصها كما يفحص المترجم برنامجاً، ويتابع النتائج حتى أهدافها، ويجعل كل رقم يشرح نفسه.
page-about-method = تقارن الحالة أحدث رقم بالقيمة المتوقعة على المسار المستقيم من خط الأساس عبر المعالم إلى الهدف. وهي محسوبة لا يختارها مقدم التقرير، ويجوز أن يوضع بجانبها حكم شخص.
page-about-observations = المشاهدات
page-about-position = آخر تغيير
page-about-records = السجلات
page-about-state = حالة السجل
page-about-statuses = معنى الحالات
page-about-version = الإصدار
page-added = مضاف
page-address = عنوان هذا الرقم:
page-all = الكل
page-all-codes = كل الرموز
page-all-duties = { $n ->
        [zero] لا مستحقات
        [one] اعرض المستحق الوحيد
        [two] اعرض المستحقين الاثنين
        [few] اعرض كل المستحقات وعددها { $n }
        [many] اعرض كل المستحقات وعددها { $n }
       *[other] اعرض كل المستحقات وعددها { $n }
    }
page-all-findings = اعرض كل نتائج الفحص وأهميتها وما يجب فعله
page-all-findings-csv = كل نتائج الفحص (CSV)
page-all-observations = { $n ->
        [zero] لا مشاهدات
        [one] اعرض المشاهدة الوحيدة
        [two] اعرض المشاهدتين
        [few] اعرض كل المشاهدات وعددها { $n }
        [many] اعرض كل المشاهدات وعددها { $n }
       *[other] اعرض كل المشاهدات وعددها { $n }
    }
page-all-of-code = { $n ->
        [zero] لا نتائج بهذا الرمز
        [one] اعرض النتيجة الوحيدة بهذا الرمز
        [two] اعرض النتيجتين بهذا الرمز
        [few] اعرض كل نتائج هذا الرمز وعددها { $n }
        [many] اعرض كل نتائج هذا الرمز وعددها { $n }
       *[other] اعرض كل نتائج هذا الرمز وعددها { $n }
    }
page-all-places = كل الأماكن في هذا النطاق
page-any = أيّ
page-as-of-label = كما كان معروفاً في نهاية
page-as-xlsx = هذا الجدول بصيغة XLSX
page-author = من يتحمل المسؤولية
page-bad-day = تعذرت قراءة اليوم { $day }.
    .remedy = اكتبه بصيغة السنة-الشهر-اليوم مثل 2018-06-30.
page-bad-period = تعذرت قراءة الفترة { $period }.
    .remedy = اكتب سنة (2016) أو نصف سنة (2016-S1) أو ربعاً (2016-Q2) أو شهراً (2016-03) أو مدى سنوات (2014/2015).
page-baseline = خط الأساس
page-below = النتائج الأدنى
page-bodies = الهيئات
page-bodies-counted = الهيئات المعدودة، كل منها مرة واحدة
page-bodies-note = الهيئة التي تدّعيها عدة مشاريع تُعد مرة واحدة.
page-body = الهيئة
page-by-kind = حسب نوع السجل
page-came-from = ورد من
page-cancel = إلغاء
page-cell = الخلية
page-cell-details = تفاصيل الخلية
page-cell-refused = مرفوضة
page-cell-saved = محفوظة
page-cell-unsaved = غير محفوظة
page-change = التغيير
page-change-n = التغيير { $n }
page-changed = معدّل
page-changes-lead = كل ما كُتب يوماً، الأحدث أولاً. لا يُحذف شيء: التغيير الملغى يبقى هنا إلى جانب ما ألغاه.
page-chart-desc = القيم حسب الفترة مع فتراتها، والمسار من خط الأساس إلى الهدف. ويضم الجدول أدناه الأرقام نفسها.
page-check-everything = ما يقوله الفحص عن كل شيء
page-check-says = ما يقوله الفحص
page-claimed-by = يدّعيها
page-closed = فترة مغلقة
page-code = الرمز
page-codes-lead = لكل نتيجة فحص رمز لا يتغير معناه أبداً. ويبين كل رمز ما يجده وسبب أهميته وما يجب فعله.
page-column = العمود
page-comment = تعليق
page-comment-all = تعليق على هذه القيم
page-complete = أُبلغ عن { $reported } من { $expected }، منها { $estimated } تقديرية
page-completeness = الاكتمال
page-confirm = تأكيد
page-confirm-do = اكتب هذه التغييرات
page-confirm-note = لم يُكتب شيء بعد. يُكتب كله معاً أو لا يُكتب شيء، ويمكن التراجع بنقرة واحدة.
page-corrections = الصفوف المرفوضة في مصنف للتصحيح (XLSX)
page-criteria = هل هو مؤشر جيد؟ معايير SMART والاختيار
page-criterion = المعيار
page-cycle = دورات الخطط
page-day = تُحسب الحالات ليوم { $on } لا لليوم.
page-day-back = عرض اليوم
page-definition = التعريف
page-doc-english = التوثيق الكامل بالإنكليزية.
page-due = المستحقات
page-due-from = من
page-due-on = تاريخ الاستحقاق
page-due-what = ماذا
page-duties-note = مستخلصة من دوريات المؤشرات والولايات والتقييمات والمهام والنواتج، ولا تُكتب يدوياً.
page-duties-open = مفتوحة
page-effect = أثر ذلك في نتائج الفحص
page-enter-for = إدخال القيم
page-entry-help = اكتب رقماً في الخلية واحفظ. الخلايا الفارغة تبقى فارغة: الرقم الناقص ليس صفراً.
page-entry-keys = الأسهم للتنقل، وEnter وTab لاعتماد القيمة، وF2 للتحرير، وEsc للتراجع عن الكتابة، وCtrl+V للصق كتلة منسوخة من جدول، وShift+F2 لفتح التعليق والحالة والدليل، وCtrl+S للحفظ.
page-entry-lead = أدخل القيم المرصودة. تمر بالفحوص نفسها التي يمر بها الاستيراد، ويمكن التراجع عنها بنقرة.
page-entry-none = لا شيء يمكن إدخاله لهذا الاختيار. اختر خطة أو مؤشراً أو مكاناً آخر.
page-entry-offline = تعذر الوصول إلى الخادم. ما كتبته محفوظ في الصفحة؛ حاول ثانية.
page-entry-reason = قيم أُدخلت يدوياً
page-evidence = الدليل
page-expected = المتوقع على المسار:
page-explain = اشرح هذا الرقم
page-export-all = كل السجلات في مصنف (XLSX)
page-f-cadence = الدورية
page-f-definition = ما يُقاس
page-f-denominator = المقام أو الوزن
page-f-dimensions = التفصيل حسب
page-f-direction = الاتجاه
page-f-frameworks = الأطر العالمية
page-f-measure = نوع القياس
page-f-numerator = البسط
page-f-owner = المسؤول
page-f-reporting = القيم المبلغ عنها
page-f-source = مصدر البيانات
page-f-unit = الوحدة
page-f-verification = وسائل التحقق
page-f-world = نظيره في العالم
page-fail-bad = لا يمكن فهم الطلب.
    .remedy = ارجع وحاول ثانية من أزرار الصفحة نفسها.
page-fail-busy = يكتب برنامج آخر في السجل.
    .remedy = أعد المحاولة بعد قليل.
page-fail-cannot-confirm = لا يمكن تأكيد هذا الاستيراد: فيه أخطاء أو لا يغيّر شيئاً.
    .remedy = صحّح الملف واستورده من جديد.
page-fail-expired = أُعدّ هذا الاستيراد قبل وقت طويل. لم يُكتب شيء.
    .remedy = ارفع الملف من جديد.
page-fail-home = إلى النظرة العامة
page-fail-host = هذا الخادم لا يجيب بهذا الاسم.
    .remedy = افتحه بالعنوان http://127.0.0.1 مع رقم المنفذ، أو شغّل الخادم مع السماح بهذا الاسم.
page-fail-internal = حدث خطأ داخل البرنامج. لم يُكتب شيء.
    .remedy = حاول ثانية. وإن تكرر الأمر فأبلغ المسؤول عن هذا الخادم برقم الطلب أدناه.
page-fail-method = هذا العنوان لا يقبل هذا النوع من الطلبات.
    .remedy = ارجع واستخدم أزرار الصفحة نفسها.
page-fail-no-file = لم يُختر أي ملف.
    .remedy = ارجع واختر مصنفاً أو ملفات CSV ثم حاول ثانية.
page-fail-not-found = لا توجد صفحة أو سجل كهذا.
    .remedy = تحقق من العنوان أو ابحث عن السجل. وإن كنت تنظر إلى الماضي فربما لم يكن موجوداً بعد.
page-fail-nothing-entered = لم تتغير أي قيمة.
    .remedy = ارجع وغيّر خلية أولاً.
page-fail-origin = حاول موقع آخر الكتابة هنا فرُفض.
    .remedy = اكتب من صفحات هذا الخادم فقط.
page-fail-request = رقم هذا الطلب في سجل الخادم:
page-fail-timeout = استغرق الأمر وقتاً طويلاً فأوقف.
    .remedy = حاول ثانية باختيار أو ملف أصغر.
page-fail-too-large = ما أُرسل كبير جداً: نموذج أو ملف يتجاوز حد هذا الخادم.
    .remedy = قسّم الملف أو استورده من سطر الأوامر الذي لا يفرض هذا الحد.
page-fail-unacceptable = رُفض، ولم يُكتب شيء.
    .remedy = ارجع وصحّح ما تذكره النتائج ثم حاول ثانية.
page-fail-unreachable = قاعدة بيانات السجل لا تجيب. لم يضع شيء.
    .remedy = أعد المحاولة بعد قليل: يواصل الخادم عمله من تلقاء نفسه متى أجابت قاعدة البيانات.
page-fell-back = لم يُترجم بعد: يُعرض بلغة أخرى
page-figures = الأرقام
page-file-findings = ما الخطأ في الملف
page-files = الملفات
page-filter = تصفية
page-filter-text = نص
page-finding = نتيجة الفحص
page-findings = ما يجده الفحص هنا
page-first-findings = أولى نتائج الفحص
page-first-shown = { $n ->
        [zero] لا شيء معروض.
        [one] يُعرض الأول فقط.
        [two] يُعرض أول اثنين.
        [few] يُعرض أول { $n }.
        [many] يُعرض أول { $n }.
       *[other] يُعرض أول { $n }.
    }
page-fold-all = اطوِ الكل
page-foot = السجل عند التغيير { $position }، البصمة { $fingerprint }. البصمة نفسها تعطي الأرقام نفسها.
page-form-about = عن هذه الإجابة
page-form-about-evaluation = عن تقييم
page-form-about-indicator = عن مؤشر
page-form-about-place = عن مكان
page-form-about-project = عن مشروع
page-form-about-result = عن نتيجة
page-form-about-session = عن جلسة
page-form-about-unit = عن وحدة في المنظمة
page-form-actions = ما ينبغي عمله، بحسب ما يُكسب منه
page-form-add = إضافة استبيان
page-form-add-before = بعد الإصدار { $version }
page-form-add-do = أضفه
page-form-add-file = الملف
page-form-add-found = ما وُجد
page-form-add-lead = يقف استبيانكم بجانب ما يحمله البرنامج، ويُملأ ويُقيَّم ويُقارَن مثله. انظر إليه قبل إضافته.
page-form-add-look = اقرأه
page-form-add-note = استمارة (XLSForm، ‎.xlsx) أو ملف JSON لاستبيان. يذكر فصل «الاستبيانات» من الدليل الأعمدة التي تعطي الدرجات والأوزان والأدلة.
page-form-add-refused = { $n ->
    [zero] لا شيء ينبغي إصلاحه.
    [one] ينبغي إصلاح أمر واحد أولاً.
    [two] ينبغي إصلاح أمرين أولاً.
    [few] ينبغي إصلاح { $n } أمور أولاً.
    [many] ينبغي إصلاح { $n } أمراً أولاً.
   *[other] ينبغي إصلاح { $n } أمر أولاً.
}
page-form-again = املأه مرة أخرى
page-form-aggregation-arithmetic = من 0 إلى 100: المتوسط المرجّح للأقسام.
page-form-aggregation-geometric = من 0 إلى 100: المتوسط الهندسي المرجّح للأقسام، فيزداد أثر القسم الضعيف.
page-form-aggregation-minimum = من 0 إلى 100: القسم الأضعف هو الحاسم.
page-form-aggregation-none = درجة لكل قسم بلا مجموع.
page-form-answered = أُجيب عنه
page-form-answers = الإجابات والأدلة
page-form-as-record = هذه الإجابة كسجل
page-form-attach = أرفق صورة أو ملف PDF
page-form-attached = أُرفق:
page-form-basis = الأساس
page-form-before = سابقًا
page-form-begin = ابدأ
page-form-below = دون المطلوب
page-form-change = التغيّر
page-form-comment = أضف تعليقًا
page-form-consensus-lead = { $n ->
        [zero] لا توجد آراء سابقة. اتفقوا معًا على الإجابات ثم أرسلوا ما اتفقتم عليه.
        [one] مُلئ ما أجاب به المجيب الوحيد. اتفقوا معًا على الباقي ثم أرسلوا ما اتفقتم عليه.
        [two] مُلئ ما أجاب به المجيبان بالمثل. اتفقوا معًا على الباقي ثم أرسلوا ما اتفقتم عليه.
        [few] مُلئ ما أجاب به { $n } مجيبين بالمثل. اتفقوا معًا على الباقي ثم أرسلوا ما اتفقتم عليه.
        [many] مُلئ ما أجاب به { $n } مجيبًا بالمثل. اتفقوا معًا على الباقي ثم أرسلوا ما اتفقتم عليه.
       *[other] مُلئ ما أجاب به { $n } مجيب بالمثل. اتفقوا معًا على الباقي ثم أرسلوا ما اتفقتم عليه.
    }
page-form-coverage = أُجيب عنه
page-form-disagree = متباعدون
page-form-discard = ابدأ من جديد
page-form-draft-kept = حُفظت المسودة في هذا المتصفح
page-form-draft-restored = عادت مسودتك
page-form-evidence-asked = الدليل (ملف أو عنوان أو وثيقة) إن وُجد
page-form-evidence-required = الدليل (ملف أو عنوان أو وثيقة)، لازم لاحتساب الدرجة
page-form-failed = تعذر الإرسال. مسودتك محفوظة في هذا المتصفح؛ حاول مجددًا أو سجّل الدخول من جديد.
page-form-fill-lead = أجب عما تستطيع؛ الأسئلة ذات النجمة لازمة. ويمكنك الإرسال في النهاية.
page-form-find-consensus = املأوا ما اتفقتم عليه
page-form-hand-in = إرسال
page-form-hand-in-consensus = إرسال ما اتفقنا عليه
page-form-if = يُسأل فقط إذا اقتضته إجابة سابقة، وإلا يُترك.
page-form-incomplete = هذه الإجابة غير مكتملة
page-form-lead = تقيّم الاستبيانات مكانًا أو مشروعًا أو مؤشرًا أو تقييمًا: ويعرض كل منها صورة عامة وما تغيّر منذ المرة السابقة وما ينبغي عمله بعد ذلك.
page-form-level = المستوى
page-form-levels = المستويات
page-form-loss = { $points } نقطة من المجموع
page-form-mean = المتوسط
page-form-n-filled = { $n ->
        [zero] لم يُملأ
        [one] مُلئ مرة واحدة
        [two] مُلئ مرتين
        [few] مُلئ { $n } مرات
        [many] مُلئ { $n } مرة
       *[other] مُلئ { $n } مرة
    }
page-form-n-questions = { $n ->
        [zero] لا أسئلة
        [one] سؤال واحد
        [two] سؤالان
        [few] { $n } أسئلة
        [many] { $n } سؤالاً
       *[other] { $n } سؤال
    }
page-form-no-answer = لم يُجب عنه:
page-form-no-evidence = ينقصه الدليل:
page-form-no-results = لم يملأه أحد بعد.
page-form-no-score = لا درجة بعد
page-form-no-store = هذا المتصفح لا يحفظ المسودات؛ لا تغلق الصفحة قبل الإرسال.
page-form-none-of-these = لا شيء مما سبق
page-form-not-scored = يجمع الإجابات ولا يعطي درجة.
page-form-note = ما ينبغي معرفته أيضًا
page-form-offline = لا يوجد اتصال. مسودتك محفوظة في هذا المتصفح؛ أرسلها عند عودة الاتصال.
page-form-on = تاريخ الإجابة
page-form-online = عاد الاتصال؛ يمكنك الإرسال الآن.
page-form-own = خاص بكم
page-form-profile = الصورة العامة
page-form-record = سجله
page-form-refused = { $n ->
        [zero] لم يُرسل بعد.
        [one] لم يُرسل بعد: إجابة واحدة تحتاج إلى مراجعة.
        [two] لم يُرسل بعد: إجابتان تحتاجان إلى مراجعة.
        [few] لم يُرسل بعد: { $n } إجابات تحتاج إلى مراجعة.
        [many] لم يُرسل بعد: { $n } إجابة تحتاج إلى مراجعة.
       *[other] لم يُرسل بعد: { $n } إجابة تحتاج إلى مراجعة.
    }
page-form-refused-some = لم يُرسل بعد. هذه الإجابات تحتاج إلى مراجعة:
page-form-required-score = يجب أن يبلغ كل قسم { $score }.
page-form-respondents = من ينبغي أن يجيب
page-form-results = النتائج حتى الآن
page-form-role = من أجاب
page-form-role-label = بأي صفة تجيب؟ دون أسماء.
page-form-round = المجيبون
page-form-score = الدرجة
page-form-scoring = كيف تُحسب الدرجة
page-form-section = القسم
page-form-sections = الدرجات بحسب الأقسام
page-form-since = منذ { $on }
page-form-start = املأ الاستبيان
page-form-subject = الموضوع
page-form-total = المجموع
page-form-unanswered = لم يُجب عنه
page-form-unset = امسح هذه الإجابة
page-form-verdict-met = متحقق: كل قسم يبلغ { $score }.
page-form-verdict-not-met = غير متحقق: أحد الأقسام دون { $score } مهما كان المجموع.
page-form-verdict-open = لم يُحسم بعد: لا يمكن الحكم على كل الأقسام؛ ويجب أن يبلغ كل منها { $score }.
page-form-version = الإصدار
page-form-views = المجيبون، من الأدنى إلى الأعلى
page-form-what = ما الذي يسأل عنه
page-from-stage = من المرحلة
page-full-record = كل حقول هذا السجل
page-grade = الدرجة
page-group = الفئة
page-groups = حسب الفئة
page-history = السجل الزمني
page-how = كيف حُسب
page-import-files = مصنف أو ملفات
page-import-get = احصل على مصنف لملئه
page-import-kinds = مصنف XLSX أو ملفات CSV بأسماء الأوراق أو Parquet للمشاهدات، حتى 256 ميغابايت.
page-import-lead = ترى أولاً كل فرق: المضاف والمعدّل وغير المتغير والمرفوض. لا يُكتب شيء قبل تأكيدك، ويمكن التراجع بنقرة واحدة.
page-import-nothing = الملف يقول ما هو موجود هنا أصلاً: لن يتغير شيء.
page-import-of = استيراد { $name }
page-import-refused = { $n ->
        [zero] لا أخطاء.
        [one] خطأ واحد يمنع هذا الاستيراد.
        [two] خطآن يمنعان هذا الاستيراد.
        [few] { $n } أخطاء تمنع هذا الاستيراد.
        [many] { $n } خطأً يمنع هذا الاستيراد.
       *[other] { $n } خطأ يمنع هذا الاستيراد.
    }
page-import-refused-note = لم يُكتب شيء. صحّح الخلايا أدناه في ملفك واستورده من جديد.
page-import-show = أظهر الفروق
page-indicator = المؤشر
page-indicators = المؤشرات
page-judgement = حكم شخص:
page-kind = النوع
page-kind-alignment = المواءمات
page-kind-allotment = المخصصات
page-kind-amount = المبالغ
page-kind-analysis = التحليلات المكانية
page-kind-answer = إجابات الاستبيانات
page-kind-area-member = أعضاء المناطق الوظيفية
page-kind-assessment = التقديرات
page-kind-assignment = التكليفات
page-kind-boundary = حدود الأماكن
page-kind-category = الفئات
page-kind-closure = الفترات المغلقة
page-kind-codebook-entry = أدلة ترميز المسوح
page-kind-codebook-value = إجابات أدلة الترميز
page-kind-crosswalk = المقابلات بين الخطط
page-kind-definition = التعاريف
page-kind-deputy = النواب
page-kind-dimension = الأبعاد
page-kind-entity = الهيئات
page-kind-evaluation = التقييمات
page-kind-event = المناسبات
page-kind-fact = الوقائع
page-kind-followup = المتابعات
page-kind-fund = الصناديق
page-kind-grant = أدوار الأشخاص
page-kind-indicator = المؤشرات
page-kind-investment = الاستثمارات
page-kind-judgement = الأحكام
page-kind-lane = مسارات الموافقة
page-kind-lane-step = خطوات المسارات
page-kind-level = المستويات
page-kind-mandate = الولايات
page-kind-mapping = تحويلات الفئات
page-kind-marker = الواسمات
page-kind-observation = المشاهدات
page-kind-output = النواتج
page-kind-overlap = التداخلات
page-kind-place = الأماكن
page-kind-plan = الخطط
page-kind-project = المشاريع
page-kind-questionnaire = استبيانات خاصة
page-kind-questionnaire-item = أجزاء الاستبيانات الخاصة
page-kind-report-line = بنود التقارير
page-kind-response = استبيانات معبأة
page-kind-result = النتائج
page-kind-session = الجلسات
page-kind-source = المصادر
page-kind-stage = المراحل
page-kind-story = القصص
page-kind-survey = المسوح
page-kind-survey-indicator = مؤشرات على المسوح
page-kind-target = خطوط الأساس والأهداف
page-kind-task = المهام
page-kind-term = المصطلحات
page-kind-unit = وحدات المنظمة
page-kind-waiver = الإعفاءات
page-languages = اللغة
page-last-values = آخر القيم:
page-latest = الأحدث
page-latest-each = الأحدث لكل مكان
page-link = الصلة
page-map = الخريطة
page-map-none = ليس لأي بلد أو مدينة رقم لهذا المؤشر.
page-map-none-here = لهذا المؤشر أرقام، لكن ليس منها ما هو لبلد أو لمنطقة أو لمدينة معروفة الموقع، فلا يمكن للخريطة إظهارها.
page-map-none-then = ليس لأي بلد أو مدينة رقم لهذا الاختيار. اختر أعلاه فترة أخرى أو فئة أخرى.
page-map-open = افتح الخريطة مع جدولها وفتراتها
page-means-achieved = تحقق الهدف.
page-means-at-risk = يتأخر عن المسار بأكثر من هامش التفاوت وبما لا يتجاوز ثلاثة أمثاله.
page-means-no-baseline = لم يسجل أحد نقطة البداية.
page-means-no-data = خط الأساس والهدف موجودان، لكن قيمة مستحقة لم ترد.
page-means-no-target = لم يسجل أحد نقطة الوصول.
page-means-not-measured = القصة أو التوزيع لا مسار لهما.
page-means-not-yet-due = لم يحن استحقاق شيء بعد.
page-means-off-track = أبعد من ذلك، أو يسير في الاتجاه الخاطئ.
page-means-on-track = لا يتأخر عن المسار بأكثر من هامش التفاوت.
page-missing = لم يُبلّغ عنه
page-n-below = { $n ->
        [zero] لا نتائج أدنى
        [one] نتيجة أدنى واحدة
        [two] نتيجتان أدنى
        [few] { $n } نتائج أدنى
        [many] { $n } نتيجةً أدنى
       *[other] { $n } نتيجة أدنى
    }
page-n-ended = { $n ->
        [zero] لا تنتهي أي نتيجة فحص.
        [one] تنتهي نتيجة فحص واحدة.
        [two] تنتهي نتيجتا فحص.
        [few] تنتهي { $n } نتائج فحص.
        [many] تنتهي { $n } نتيجة فحص.
       *[other] تنتهي { $n } نتيجة فحص.
    }
page-n-errors = { $n ->
        [zero] لا أخطاء
        [one] خطأ واحد
        [two] خطآن
        [few] { $n } أخطاء
        [many] { $n } خطأً
       *[other] { $n } خطأ
    }
page-n-findings = { $n ->
        [zero] لا نتائج
        [one] نتيجة واحدة
        [two] نتيجتان
        [few] { $n } نتائج
        [many] { $n } نتيجةً
       *[other] { $n } نتيجة
    }
page-n-groups = { $n ->
        [zero] لا فئات
        [one] فئة واحدة
        [two] فئتان
        [few] { $n } فئات
        [many] { $n } فئةً
       *[other] { $n } فئة
    }
page-n-hits = { $n ->
        [zero] لا سجلات
        [one] عُثر على سجل واحد
        [two] عُثر على سجلين
        [few] عُثر على { $n } سجلات
        [many] عُثر على { $n } سجلاً
       *[other] عُثر على { $n } سجل
    }
page-n-indicators = { $n ->
        [zero] لا مؤشرات
        [one] مؤشر واحد
        [two] مؤشران
        [few] { $n } مؤشرات
        [many] { $n } مؤشراً
       *[other] { $n } مؤشر
    }
page-n-more = { $n ->
        [zero] ولا صفوف أخرى
        [one] وصف آخر
        [two] وصفان آخران
        [few] و{ $n } صفوف أخرى
        [many] و{ $n } صفاً آخر
       *[other] و{ $n } صف آخر
    }
page-n-new-findings = { $n ->
        [zero] لا نتائج فحص جديدة
        [one] نتيجة فحص جديدة واحدة
        [two] نتيجتا فحص جديدتان
        [few] { $n } نتائج فحص جديدة
        [many] { $n } نتيجة فحص جديدة
       *[other] { $n } نتيجة فحص جديدة
    }
page-n-notes = { $n ->
        [zero] لا ملاحظات
        [one] ملاحظة واحدة
        [two] ملاحظتان
        [few] { $n } ملاحظات
        [many] { $n } ملاحظةً
       *[other] { $n } ملاحظة
    }
page-n-observations = { $n ->
        [zero] لا مشاهدات
        [one] مشاهدة واحدة
        [two] مشاهدتان
        [few] { $n } مشاهدات
        [many] { $n } مشاهدةً
       *[other] { $n } مشاهدة
    }
page-n-places = { $n ->
        [zero] لا أماكن
        [one] مكان واحد
        [two] مكانان
        [few] { $n } أماكن
        [many] { $n } مكاناً
       *[other] { $n } مكان
    }
page-n-projects = { $n ->
        [zero] لا مشاريع
        [one] مشروع واحد
        [two] مشروعان
        [few] { $n } مشاريع
        [many] { $n } مشروعاً
       *[other] { $n } مشروع
    }
page-n-records = { $n ->
        [zero] لا سجلات
        [one] سجل واحد
        [two] سجلان
        [few] { $n } سجلات
        [many] { $n } سجلاً
       *[other] { $n } سجل
    }
page-n-results = { $n ->
        [zero] لا نتائج
        [one] نتيجة واحدة
        [two] نتيجتان
        [few] { $n } نتائج
        [many] { $n } نتيجةً
       *[other] { $n } نتيجة
    }
page-n-rows = { $n ->
        [zero] لا صفوف
        [one] صف واحد
        [two] صفان
        [few] { $n } صفوف
        [many] { $n } صفاً
       *[other] { $n } صف
    }
page-n-unsaved = خلايا غير محفوظة:
page-n-waived = { $n ->
        [zero] لا نتائج فحص معفاة
        [one] نتيجة فحص واحدة معفاة وتبقى ظاهرة
        [two] نتيجتا فحص معفاتان وتبقيان ظاهرتين
        [few] { $n } نتائج فحص معفاة وتبقى ظاهرة
        [many] { $n } نتيجة فحص معفاة وتبقى ظاهرة
       *[other] { $n } نتيجة فحص معفاة وتبقى ظاهرة
    }
page-n-warnings = { $n ->
        [zero] لا تحذيرات
        [one] تحذير واحد
        [two] تحذيران
        [few] { $n } تحذيرات
        [many] { $n } تحذيراً
       *[other] { $n } تحذير
    }
page-name = إيكيستكس
page-name-of = الاسم
page-nav = القائمة الرئيسية
page-nav-about = عن النظام
page-nav-changes = التغييرات
page-nav-codes = الرموز
page-nav-entry = إدخال القيم
page-nav-import = استيراد
page-nav-instruments = الاستبيانات
page-nav-plans = الخطط
page-nav-records = السجلات
page-new = الجديد:
page-next = التالي
page-no = لا
page-no-changes = لم يُكتب شيء بعد.
page-no-duties = لا شيء مستحق.
page-no-figure = لا رقم بعد. أدخل رقماً أو استورده.
page-no-findings = لم يجد الفحص شيئاً.
page-no-indicators = ليس لهذه الخطة مؤشرات بعد. أضفها في المصنف ثم استورده.
page-no-inputs = لا يستند هذا الرقم إلى أي مشاهدة.
page-no-measure = بلا مؤشر
page-no-records = لا سجل من هذا النوع يطابق.
page-no-results = ليس لهذه الخطة نتائج بعد.
page-no-sources = لم يُذكر مصدر.
page-no-targets = لم يُسجل خط أساس ولا هدف، فلا يمكن حساب الحالة. أضفهما في المصنف.
page-none = لا يوجد
page-none-match = لا مؤشر يطابق التصفية.
page-nothing-to-draw = لا شيء لرسمه بعد.
page-old = القديم:
page-older = تغييرات أقدم
page-on-label = الحالات في يوم
page-only-observations = غيّر مشاهدات فقط، وتُرى عند مؤشراتها.
page-open = افتح
page-other-plans = سائر الخطط والأطر
page-outside-limits = خارج حدود هذا المؤشر
page-pages = الصفحات
page-partial-key = دائرة مفرغة: أبلغ أقل من النصف
page-parts = مكوَّن من هذه الأرقام
page-past = الماضي: كل شيء كما كان معروفاً في { $at }.
page-past-back = العودة إلى الحاضر
page-past-note = لا يمكن تغيير شيء هنا.
page-path = موضعه في الخطة
page-path-key = المسار من خط الأساس إلى الهدف
page-period = الفترة
page-periods = الفترات
page-place = المكان
page-places = الأماكن
page-plan = الخطة
page-plan-views = طرق عرض هذه الخطة
page-planned = خطوط الأساس والأهداف
page-previous = السابق
page-probability = الاحتمال
page-probability-long = احتمال السير على المسار: { $p }
page-programmes = البرامج والمراحل والاستراتيجيات التي تنفذها
page-progress = تقدم المؤشرات
page-project = المشروع
page-projects = المشاريع
page-reason = السبب
page-recorded = التسجيل
page-records-lead = كل سجلات السجل حسب النوع، كما هي في المصنفات وملفات CSV وقاعدة البيانات.
page-rejected = مرفوض
page-related = مع
page-remedy = ما يجب فعله:
page-removed = حُذف
page-report = تقرير التقدم
page-report-html = نزّل صفحةً (HTML)
page-report-note = الملفات مكتفية بذاتها وتحمل الأرقام نفسها التي في الصفحات.
page-report-on = التقدم حتى { $on }
page-report-xlsx = نزّل مصنفاً (XLSX)
page-result = النتيجة
page-result-no-indicator = لا مؤشر يقيس هذه النتيجة.
page-results-glance = كل النتائج بنظرة واحدة
page-row = الصف { $n }
page-save = حفظ
page-saved = حُفظ بوصفه
page-saving = جارٍ الحفظ…
page-scope = النطاق
page-scopes-note = العالم، والأماكن التي يعمل فيها البرنامج، وما تبلغ عنه المشاريع، تُعرض جنباً إلى جنب ولا تُخلط أبداً.
page-se = الخطأ المعياري
page-search-empty = اكتب كلمة أو رمزاً أو عنواناً في الحقل أعلاه.
page-search-for = البحث: { $text }
page-search-go = بحث
page-search-label = ابحث في الخطط والنتائج والمؤشرات والأماكن…
page-search-none = لم يُعثر على شيء. جرّب كلمات أقل أو غيرها؛ والرموز مثل FA4 تصلح أيضاً.
page-series = عبر دورات الخطط
page-series-desc = أرقام هذه النتيجة وما سبقها، دورة خطة بجانب أخرى.
page-series-note = يربط جدول المقابلة هذه النتيجة بما قبلها وما بعدها، وتبين كل صلة كيف عُرفت.
page-severity = الشدة
page-severity-error = خطأ
page-severity-note = ملاحظة
page-severity-warning = تحذير
page-sheet = الورقة
page-show = عرض
page-side-by-side = جنباً إلى جنب
page-since = منذ
page-since-version = منذ الإصدار { $version }
page-skip = انتقل إلى المحتوى
page-source = المصدر
page-sources = المصادر
page-stands-on = المشاهدات التي يستند إليها
page-start = لا توجد خطة بعد: ثلاث خطوات إلى الأولى
page-start-demo = تريد الاطلاع فقط؟ الأمر { $command } يملأ مجلداً ببرنامج نموذجي فيه خمس خطط.
page-start-fill = املأ خطة واحدة على الأقل ومستوياتها ونتائجها
page-status = الحالة
page-step-check = { $n ->
        [zero] اعرف نتيجة فحص هذه الخطة
        [one] اعرف لماذا لا تجتاز هذه الخطة الفحص: خطأ واحد
        [two] اعرف لماذا لا تجتاز هذه الخطة الفحص: خطآن
        [few] اعرف لماذا لا تجتاز هذه الخطة الفحص: { $n } أخطاء
        [many] اعرف لماذا لا تجتاز هذه الخطة الفحص: { $n } خطأً
       *[other] اعرف لماذا لا تجتاز هذه الخطة الفحص: { $n } خطأ
    }
page-step-import = استورد المصنف: ترى كل فرق قبل كتابة أي شيء، ويمكنك التراجع عنه
page-step-workbook = نزّل مصنفها وأضف خطوط الأساس والأهداف
page-steps = جديد هنا؟ ثلاث خطوات
page-stop = .
page-stories = القصص
page-taken-back = أُلغي بواسطة
page-takes-back = يلغي
page-target = الهدف
page-template = مصنف فارغ مع تعليمات (XLSX)
page-to-stage = إلى المرحلة
page-total = المجموع
page-tracking-caption = القيمة الفعلية والنسبة المقطوعة من خط الأساس إلى الهدف حسب الفترة. كل رقم يُفتح على شرحه.
page-tracking-xlsx = جدول التتبع (XLSX)
page-transitions = الانتقالات بين المراحل في آخر فترتين
page-trend = الاتجاه الزمني
page-unchanged = غير متغير
page-undo = ألغِ هذا التغيير
page-undo-do = تراجع عن التغيير { $n }
page-undo-note = تغيير جديد يعيد كل شيء كما كان. ويبقى كلاهما في السجل الزمني.
page-undo-reason = يلغي التغيير { $n }
page-undoes = يلغي التغيير { $n }
page-undone-by = ألغاه التغيير { $n }
page-unfold-all = انشر الكل
page-unit-authority = سلطات
page-unit-city = مدن
page-unit-country = بلدان
page-unit-day = يوم
page-unit-days = أيام
page-unit-download = تنزيلات
page-unit-graded = إجابة متدرجة
page-unit-home = مسكن
page-unit-hour = ساعة
page-unit-household = أسر معيشية
page-unit-index = مؤشر
page-unit-index-0-1 = من 0 إلى 1
page-unit-institution = مؤسسات
page-unit-kg-usd = كغ لكل دولار
page-unit-km-km2 = كم لكل كم²
page-unit-km-million = كم لكل مليون نسمة
page-unit-kwh-person = كيلوواط ساعة للفرد
page-unit-m2-person = م² للفرد
page-unit-mbps = ميغابت/ث
page-unit-minute = دقيقة
page-unit-minutes = دقائق
page-unit-musd-km2 = مليون دولار (تعادل القوة الشرائية) لكل كم²
page-unit-number = عدد
page-unit-observatory = مراصد
page-unit-partner = شركاء
page-unit-people-km2 = نسمة لكل كم²
page-unit-per-1000 = لكل 1,000
page-unit-per-10000 = لكل 10,000
page-unit-per-100000 = لكل 100,000
page-unit-per-km2 = لكل كم²
page-unit-percent = في المئة
page-unit-percent-gdp = في المئة من الناتج
page-unit-person = أشخاص
page-unit-persons = أشخاص
page-unit-programme = برامج
page-unit-project = مشاريع
page-unit-proposal = مقترح
page-unit-ratio = نسبة
page-unit-request = طلبات
page-unit-score = نقاط
page-unit-t-person = طن للفرد
page-unit-tonne = طن
page-unit-ug-m3 = ميكروغرام لكل م³
page-unit-usd = دولار أمريكي
page-unit-usd-person = دولار للفرد
page-unit-usd-ppp = دولار (تعادل القوة الشرائية)
page-unit-year = سنة
page-unit-years = سنوات
page-unit-yes-no = نعم أو لا
page-until = آخر يوم لسريانه
page-value = القيمة
page-versions = إصدارات التعريف
page-view-check = الفحص
page-view-duties = المستحقات
page-view-overview = نظرة عامة
page-view-report = التقرير
page-view-tracking = تتبع المؤشرات
page-view-tree = شجرة النتائج
page-waive = إعفاء…
page-waive-do = أعفِ هذه النتيجة
page-waive-note = تبقى النتيجة ظاهرة مع السبب ومن تحمل المسؤولية حتى آخر يوم.
page-waived = أُعفيت.
page-waived-by = أعفاها { $author } حتى { $until }:
page-waiver-incomplete = يحتاج الإعفاء إلى سبب وإلى من يتحمل المسؤولية.
    .remedy = ارجع واملأ كليهما.
page-way-due = كان المستحق { $p }.
page-way-made = قُطع { $p } من الطريق.
page-what-changed = ما الذي تغير
page-when = متى
page-who = من
page-why = لماذا يهم:
page-workbook = مصنف هذه الخطة (XLSX)
page-yes = نعم
profile-mean = المتوسط
profile-part = الجزء
profile-scored = لـ { $n } من { $all } مؤشراً رقم
profile-scores = في المؤشرات والأطر
profile-scores-note = من أرقام هذا المكان نفسه، من 0 إلى 100، والأعلى أفضل. ما لم يُقس يُترك ولا يُخمَّن.
space-again = احسب من جديد
space-analyses = الشبكات والأراضي والوصول
space-answers = يجيب عن المؤشر
space-answers-none = – لا يُنشر –
space-area = المساحة (كم²)
space-area-cells = مساحة خلاياه (كم²)
space-area-note = المساحة هنا مساحة خلايا الشبكة كما تحسبها الطريقة. وتعطي صفحة الحدود مساحة الشكل المرسوم على الإهليلج، وهي تختلف قليلاً.
space-area-shape = مساحة الشكل (كم²)
space-becomes = في السجل
space-becomes-equal = موجودة
space-becomes-new = جديدة
space-becomes-replaced = تُستبدل
space-before = النسخة السابقة
space-before-none = لا توجد
space-begin = ابدأ حساباً
space-begin-button = احسب
space-boundaries = حدود الأماكن
space-boundaries-imported = الحدود سارية.
space-boundaries-lead = كل رقم للمرصد يخص حدوداً ويومها. حين تتحرك الحدود تُعرض الأرقام المحسوبة داخل القديمة ويمكن حسابها من جديد.
space-boundaries-none = لا توجد حدود بعد. أضف ملفاً أدناه، أو انظر أولاً إلى حدود التمرين.
space-boundary-from = { $definition }، من { $day }
space-cancel = أنهه
space-centre = المركز الحضري { $n }
space-centre-at = المركز الحضري { $n }، على بعد { $km } كم { $direction ->
        [north] شمال
        [north_east] شمال شرق
        [east] شرق
        [south_east] جنوب شرق
        [south] جنوب
        [south_west] جنوب غرب
        [west] غرب
        *[north_west] شمال غرب
    } { $place }
space-centre-near = المركز الحضري { $n } قرب { $place }
space-change = تغير المساحة
space-cities = المراكز الحضرية
space-class-boundaries-now = سارية
space-class-boundaries-then = سابقة
space-class-cells-both = كلاهما
space-class-cells-high = محطة على بعد 1000 م
space-class-cells-low = موقف على بعد 500 م
space-class-cells-none = لا شيء منهما
space-class-dense-urban-cluster-23 = الفئة 23، بلدة أو منطقة شبه كثيفة
space-class-rural-cluster-13 = الفئة 13، منطقة ريفية
space-class-semi-dense-urban-cluster-22 = الفئة 22، بلدة أو منطقة شبه كثيفة
space-class-stops-high = سعة كبيرة
space-class-stops-low = سعة صغيرة
space-class-suburban-21 = الفئة 21، بلدة أو منطقة شبه كثيفة
space-class-urban-centre-30 = الفئة 30، مدينة
space-classes-undrawn = غير ملوّن: الخلايا الريفية خارج القرى (الفئتان 12 و11) والماء (10). وهي بقية الأرض، وتُعدّ في الجداول مناطق ريفية.
space-corners = الزوايا
space-definition = محدودة بـ
space-desc-range = { $measure } ({ $unit }): { $n } من الأماكن، من { $low } في { $lowest } إلى { $high } في { $highest }
space-download = تنزيل:
space-file = الملف
space-file-gone = أُزيل الملف لإفساح المجال لملفات أحدث. اختره مرة أخرى.
space-file-waits = الملف { $file } محفوظ هنا ولا حاجة إلى إرساله ثانية. اختر ملفاً آخر ليحل محله.
space-findings = ملاحظات
space-form-refused = لم يبدأ شيء بعد. صحّح ما هو معلَّم أدناه؛ والباقي كما أدخلته.
space-here = الحدود والأرض والوصول
space-hint-boundaries = داخل أي حدود من السجل تُجمع الأرقام. اختر ما تعرضه صفحة الحدود لأماكنك.
space-hint-definition = ما الذي تتبعه الخطوط، إن لم يقله الملف: معظم ملفات المناطق والمدن إدارية.
space-hint-layer = للملفات ذات الطبقات المتعددة فقط، مثل GeoPackage.
space-hint-one-boundary = أي حدود للمكان تؤخذ حين لا يعطيها ملف.
space-hint-period = زمن أحدث ملف: 2025 أو 2025-S1 أو 2025-Q3 أو 2025-06.
space-hint-place-field = العمود الذي يسمي الأماكن، إن لم يكن اسمه «place».
space-hint-since = زمن الملفات الأقدم، مكتوباً بالطريقة نفسها.
space-hint-valid-from = أول يوم تسري فيه هذه الحدود. اتركه فارغاً إن كان في الملف عمود «valid_from».
space-import = أضف حدوداً
space-import-button = افحص واعرض
space-import-confirm = اكتب هذه الحدود
space-import-counts = { $added } جديدة، { $replaced } تُستبدل، { $unchanged } موجودة.
space-import-drawn = في هذا الملف
space-import-lines = ما الذي سيُكتب
space-import-note = ‏GeoPackage أو GeoJSON أو TopoJSON أو FlatGeobuf أو shapefile بأجزائه في ملف zip. في الحقل «place» رموز الأماكن أو أسماؤها؛ ويمكن أن يكون معه «valid_from» و«definition».
space-import-nothing = هذه الحدود في السجل من قبل: لن يتغير شيء.
space-import-of = حدود من { $name }
space-import-otherwise = اقرأ الملف بطريقة أخرى أو اختر غيره
space-import-refused = لا يمكن أخذ الملف كما هو.
space-import-refused-note = لم يُكتب شيء. انظر أدناه ما يمنع؛ ويمكن تغيير ما قيل مع الملف دون إرساله ثانية.
space-import-warned = انظر أولاً إلى الملاحظات أدناه: تؤخذ الحدود كما هي.
space-in-register = في السجل
space-jobs = الحسابات
space-jobs-none = لم يُحسب شيء بعد. افتح حساباً أدناه: لكل منها ملفات تمرين لا تحتاج إلى تنزيل، ويقول أي ملفات منك يأخذ.
space-known = معروف
space-layer = الطبقة
space-layer-area = حدود المدينة
space-layer-boundaries = الحدود
space-layer-cells = الناس بحسب ما يصلونه مشياً
space-layer-dense-urban-cluster = البلدات الكثيفة
space-layer-land = نمو الأرض المبنية سنوياً
space-layer-open-space = الأماكن العامة المفتوحة
space-layer-rural-cluster = القرى
space-layer-semi-dense-urban-cluster = البلدات شبه الكثيفة
space-layer-served = على مسافة مشي
space-layer-stops = المواقف
space-layer-suburban = الضواحي وأطراف البلدات
space-layer-urban-centre = المراكز الحضرية
space-lead = ما هي المدينة، وكم تأخذ من الأرض، ومن يصل مشياً إلى موقف أو حديقة: يُحسب هنا من ملفاتك، وكل مدخل مسمى.
space-line-now = سارية
space-line-of = { $definition }، { $age }
space-line-then = سابقة
space-make-cities = اجعل المراكز الحضرية الـ{ $n } أماكن لها حدود ({ $new } جديدة)
space-moved-key = تغيّرت الحدود هنا: الأرقام على الجانبين لأرض مختلفة
space-moved-times = هذه التواريخ لا تقوم على الحدود نفسها: ما يختلف بينها هو الأرض أيضاً.
space-n-km2 = { $n } كم²
space-n-km2-cells = { $n } كم² من الخلايا
space-n-km2-shape = { $n } كم²
space-n-people = { $n } من الناس
space-n-people-in = { $n } من السكان ({ $period })
space-name-of = اسم { $place }
space-names-note = يمكن تسمية المراكز الجديدة هنا باسم آخر قبل أن تصير أماكن؛ ورموزها تبقى.
space-nav = المكان
space-new = جديد
space-no-analysis = لم يُحسب شيء داخل هذه الحدود بعد.
space-none = لم يُحسب شيء بعد. ابدأ أدناه؛ ملفات التمرين لا تحتاج إلى تنزيل.
space-none-analysis = احسب نمو الأرض، أو السكان بحسب درجة التحضر، أو الوصول سيراً على الأقدام
space-none-boundary = أضف حدوده من ملف
space-none-here = لا حدود لهذا المكان ولا تحليل بعد. خريطة أرضه وسكانه وإمكانية الوصول تحتاج إلى كليهما.
space-none-public = من يدير البيانات يستطيع إضافة حدوده وحساب الباقي.
space-note-access = لمدينة واحدة: مستخرج من OpenStreetMap والناس حسب الخلية والمواقف أو جداول المواعيد والأماكن المفتوحة. إن لم تكن الحدود بين الملفات أُخذت من السجل.
space-note-both-negative = الأرض والناس كلاهما يتناقص
space-note-degree-of-urbanisation = لبلد: الناس لكل خلية من 1 كم، والأفضل مع مساحة الأرض والبناء لكل خلية.
space-note-densifying = ينمو الناس أسرع من الأرض
space-note-even = ينموان بالتساوي
space-note-land = لكل الأماكن ذات الحدود: الناس والمساحة المبنية لكل خلية في تاريخين.
space-note-land-grows-people-leave = تنمو الأرض ويرحل الناس
space-note-land-shrinks-people-come = تتقلص الأرض ويأتي الناس
space-note-no-boundary = لجميع السكان في الملفات: لا حدود معروفة
space-note-no-change-of-land = لم تتغير الأرض المبنية
space-note-no-population = لا أحد يسكن هناك
space-note-no-population-growth = لم يتغير عدد الناس
space-note-nothing-built = لا شيء مبنياً هناك
space-note-nothing-built-at-end = لم يبق مبنى في التاريخ الثاني
space-note-nothing-built-at-start = لم يُبن شيء في التاريخ الأول
space-note-own-area = داخل الحدود التي سُلّمت
space-note-sprawling = تنمو الأرض أسرع من الناس
space-note-unknown = غير معروف
space-note-unstable = يكاد الناس لا يتغيرون: النسبة لا تقول الكثير
space-note-whole-grid = كل ما تغطيه الشبكة: لا حدود للبلد هنا
space-nothing-found = لم يُعثر على شيء.
space-optional = (يمكن تركه)
space-options = الخيارات
space-other-files = ابدأ بملفات أو كلمات أخرى
space-outdated = { $n ->
        [one] رقم واحد يقوم
       *[other] { $n } من الأرقام تقوم
    } على الحدود «{ $then }»؛ والساري «{ $now }».
space-outdated-gone = { $n ->
        [zero] لا أرقام تقوم
        [one] رقم واحد يقوم
        [two] رقمان يقومان
        [few] { $n } أرقام تقوم
        [many] { $n } رقماً تقوم
       *[other] { $n } رقم تقوم
    } على الحدود «{ $then }» التي سُحبت. وليس للمكان حدود أخرى من نوعها: أضف حدوداً أو اسحب الأرقام.
space-outdated-note = تحركت الحدود بعد حساب هذه الأرقام.
space-outdated-of = وهي من الحساب
space-outdated-title = أرقام على حدود قديمة
space-place-field = الحقل الذي فيه المكان
space-place-map = { $place }: الحدود والأرض والوصول
space-progress = التقدم
space-publish-again = انشر مرة أخرى
space-publish-button = سلّم هذه الأرقام
space-publish-note = كل رقم يسمي هذا الحساب دليلاً له، بمدخلاته وحدوده.
space-publish-refused = لم يُنشر شيء.
space-publish-superseded = حلّ حساب لاحق محل هذه الأرقام: تقديمها من جديد يعيدها إلى مكانه.
space-published = في السجل
space-published-changed = النشر مرة أخرى يكتب { $n ->
        [one] رقماً واحداً غُيّر أو أُزيل منذ ذلك الحين
        [two] رقمين غُيّرا أو أُزيلا منذ ذلك الحين
       *[other] { $n } من الأرقام التي غُيّرت أو أُزيلت منذ ذلك الحين
    }؛ ومعها ما تختاره أدناه من مؤشرات أو مدن أخرى.
space-published-figures = { $n ->
        [one] رقم واحد في السجل يستند إليه:
        [two] رقمان في السجل يستندان إليه:
       *[other] الأرقام المستندة إليه في السجل ({ $n }):
    }
space-published-on = نُشر في ⁦{ $day }⁩ بواسطة { $name }.
space-published-page = الحساب المنشور
space-published-places = من مراكزه الحضرية أماكن في السجل: { $n }.
space-published-same = النشر مرة أخرى بالاختيارات نفسها لا يغيّر شيئاً.
space-published-superseded = لم يعد أي رقم في السجل يستند إليه: حل محله حساب لاحق، أو سُحبت الأرقام.
space-remove = أزل
space-remove-do = أزله
space-remove-files = { $n ->
        [one] ملف مدخلات واحد لا يحتاج إليه غيره:
       *[other] ملفات مدخلات لا يحتاج إليها غيره ({ $n }):
    }
space-remove-files-kept = ملفات المدخلات التي تحتاج إليها حسابات أخرى أو أرقام منشورة: { $n }
space-remove-goes = هذا يزول ولا يمكن استرجاعه
space-remove-note = يزيل الحساب من هذه العقدة. ما نُشر يبقى في السجل.
space-remove-published = ما نُشر منه مع طبقات خرائطه:
space-remove-results = ما وجده: أرقامه وخريطته وأجوبة خطواته
space-remove-stays = هذا يبقى
space-remove-steps = أجوبة الخطوات التي انتهت: لا يمكنه الاستمرار بعدها
space-remove-title = أتريد إزالة هذا الحساب؟
space-remove-unpublished = لا شيء منه: لم يُنشر
space-removed = أُزيل الحساب { $job }.
space-removed-files = { $n ->
        [zero] لم يذهب معه ملف.
        [one] ذهب معه ملف إدخال واحد.
        [two] ذهب معه ملفا إدخال.
        [few] ذهبت معه { $n } ملفات إدخال.
        [many] ذهب معه { $n } ملف إدخال.
       *[other] ذهب معه { $n } ملف إدخال.
    }
space-resume = تابع
space-resume-failed = حاول مرة أخرى
space-resume-note = الخطوات المنتهية لا تُحسب من جديد.
space-role-area = حدود المدينة
space-role-built = المساحة المبنية (م² لكل خلية)
space-role-built-later = المساحة المبنية، التاريخ الأحدث
space-role-case = الإعدادات
space-role-gates = بوابات الأماكن المفتوحة
space-role-gtfs = جداول المواعيد (GTFS)
space-role-land = الأرض (م² لكل خلية)
space-role-open-space = الأماكن المفتوحة
space-role-osm = الشوارع (.osm.pbf)
space-role-paratransit = خطوط الحافلات الصغيرة التي تقف في أي مكان
space-role-places = أماكن يُمشى إليها
space-role-population = الناس حسب الخلية
space-role-population-later = الناس حسب الخلية، التاريخ الأحدث
space-role-stops = المواقف
space-since = التاريخ الأقدم
space-source-files = الملفات: { $files }
space-source-osm = © المساهمون في OpenStreetMap، ‏ODbL، حيث تأتي الشوارع منه
space-stays = تبقى ملفات الإدخال على هذه العقدة ولا تدخل في نسخة احتياطية. ما يُنشر يُحفظ مع السجل.
space-to-high = { $n } م إلى محطة
space-to-low = { $n } م إلى موقف
space-try-boundaries = يحمل البرنامج حدوداً مختلقة لثلاث مدن، إحداها بنسختين.
space-try-boundaries-button = أضف حدود التمرين
space-try-button = احسب بملفات التمرين
space-try-note = يحمل البرنامج ملفات مختلقة لا تحتاج إلى تنزيل.
space-valid-from = تسري من
space-warning-cell-size = مساحة الخلية { $area } كم² بدل 1: تُعدّ الفجوات والأحزمة بالخلايا. ليست هذه الطريقة الرسمية.
space-warning-cells-too-large = خلايا ضلعها { $side_m } م أكبر من أن يُحسب منها الامتداد الحضري الذي ينظر { $radius_m } م حول كل خلية: لذلك تُرك.
space-warning-centres-without-city = { $n } من المراكز الحضرية لا توجد فيها وحدة نصف سكانها في مراكز حضرية، فلا منطقة لها.
space-warning-crow-fly = المسافات خطوط مستقيمة: المشي الفعلي أطول.
space-warning-crowded = في خلية { $most } نسمة، ولم تبلغ أي خلية بحجمها { $limit } قط: هل هذه شبكة السكان؟
space-warning-exclaves = { $n } من الوحدات يتنقل منها ما يكفي لكنها لا تتصل بأي مدينة، فتُركت: { $first }
space-warning-excluded-ways-unknown = { $n } من الطرق التي كان يجب استبعادها ليست شوارع ولا ممرات في ملف الشوارع: { $first }
space-warning-extract-too-small = ينتهي ملف الشوارع قريباً جداً من المدينة: قد يصل من على حافتها إلى أكثر. الناقص غرباً وجنوباً وشرقاً وشمالاً (م): { $missing_m }.
space-warning-extrapolated = تقع { $year } خارج المدة من { $low } إلى { $high }: هذا استقراء إلى ما بعدها.
space-warning-few-points-found = المدينة لا تشغل من مستطيلها إلا القليل، فلم يُعثر إلا على { $n } من { $all } نقطة.
space-warning-flows-outside = { $n } من صفوف المتنقلين تؤدي إلى أماكن ليست من الوحدات؛ وتُعد عملًا في الخارج.
space-warning-geographic-grid = الشبكة بالدرجات: تستعمل الكثافات مساحة كل خلية وتُعدّ المسافات بالخلايا. ليست هذه الطريقة الرسمية.
space-warning-group-unknown = { $cells } من الخلايا لا تذكر الفئة { $group }: تُركت من نسبتها.
space-warning-land-falls = تتراجع الأرض المبنية في { $n } من المدن؛ كثيراً ما يكون المصدر أو المستشعر قد تغير.
space-warning-large-cells = خلايا بطول { $side_m } م كبيرة لمسافات المشي: النسب تقريبية.
space-warning-layer-too-large = الطبقة { $layer } أكبر من أن تُحفظ مع السجل، فتُركت من خريطته.
space-warning-looks-like-shares = أكبر عدد في شبكة { $layer ->
        [land] الأرض
       *[other] المساحة المبنية
    } هو { $most }، وللخلية { $area } م²: المقصود أمتار مربعة في كل خلية، لا حصص ولا نسب مئوية.
space-warning-most-points = تُسحب { $most } نقطة على الأكثر.
space-warning-mostly-oneway = قد تُحسب الطرق المزدوجة مرتين في كثافة الشوارع ({ $classes }).
space-warning-much-pruned = { $percent } % من شبكة الشوارع لا يتصل بشيء فتُرك.
space-warning-much-public-land = تشغل الأماكن المفتوحة والشوارع { $percent }٪ من المدينة، أكثر من أي معيار؛ والتقاطعات تُحسب مرتين.
space-warning-no-boundary = لا حدود: لا تُقاس المساحات والشوارع والأماكن المفتوحة.
space-warning-no-built-layer = لا توجد شبكة للسطح المبني: قواعد الخلايا المبنية معطلة.
space-warning-no-land-layer = لا توجد شبكة لليابسة: تُعدّ كل خلية يابسة.
space-warning-no-stops-of = لا توجد محطة { $capacity ->
        [high] ذات سعة كبيرة
       *[low] ذات سعة صغيرة
    }.
space-warning-nodes-missing = تنقص ملفَّ الشوارع { $n } من نقاط الشوارع.
space-warning-nothing-covered = لا توجد خلية مغطاة: هل هذه أصناف هذه الشبكة؟
space-warning-one-date-only = { $n } من الخلايا لها قيمة في تاريخ واحد فقط فتُركت بلا قيمة.
space-warning-open-enclaves = { $n } من الوحدات جيرانها من منطقة واحدة فقط، لكن حدها بحرٌ أو حافة البيانات في جزء منه؛ أضفها يدويًا حيث يكون بحرًا: { $first }
space-warning-open-space-thin = لم يوجد فضاء مفتوح إلا في { $percent } % من المدينة؛ انظر هل الملف كامل.
space-warning-open-space-unverified = لم ينظر أحد هل هذه الفضاءات المفتوحة ({ $n }) متاحة للجميع.
space-warning-own-threshold = عتبة السطح المبني { $percent } % هي متوسط { $n } من خلايا هذه الشبكة؛ والعتبة الرسمية للعالم كله.
space-warning-people-unreached = { $percent } % من الناس، في { $cells } من الخلايا، يسكنون حيث لا يقود شارع إلى محطة.
space-warning-rows-refused = تُركت { $n } من الصفوف التي لا يمكن استعمالها.
space-warning-sensitive-to-threshold = { $percent } % من الناس يسكنون ضمن نصف متر من المسافة الفاصلة.
space-warning-smoothing-at-level-1-only = الخيار ucl_smooth_pop يغيّر التجمعات الحضرية في المستوى 1؛ ولا تجمعات في المستوى 2.
space-warning-spread-evenly = { $n } من الأماكن فيها سكان وليس فيها خلية مأهولة: وُزّع سكانها بالتساوي.
space-warning-stops-elsewhere = { $n } من مواقف جداول السير تبعد أكثر من { $farther_than_m } م عن المدينة فتُركت.
space-warning-stops-far-from-network = { $n } من المحطات ({ $percent } %) تبعد أكثر من { $farther_than_m } م عن أي شارع وتخدم قليلين أو لا أحد.
space-warning-stops-from-osm = أُخذت { $n } من المحطات من OpenStreetMap، وقد ينقصه بعضها.
space-warning-stops-from-timetables = أُخذت { $n } من المحطات من جداول المواعيد؛ وتُركت { $routes_dropped } من الخطوط التي لا تُحسب أنواعها.
space-warning-timetables-unused = ثمة جدول للمواقف؛ ولم يُقرأ { $n } من جداول المواعيد إلى جانبه.
space-warning-units-empty = لا أحد يسكن { $n } من الأماكن، وحُكم عليها بالمساحة: { $first }
space-warning-units-outside = { $n } من الأماكن تقع خارج الشبكة ولا فئة لها: { $first }
space-warning-units-tied = في { $n } من الأماكن فئات ريفية متساوية؛ أُخذت الأكثف: { $first }
space-warning-units-without-centre = { $n } من الأماكن أصغر من خلية: لم يُعدّ سكانها: { $first }
space-warning-units-without-workers = { $n } من الوحدات بلا صف للمتنقلين ولا تكون إلا جيوبًا: { $first }
space-warning-unknown-settings = تُركت إعدادات لا معنى لها هنا: { $keys }.
space-warning-zones-bare = { $n } من الأماكن ليس فيها إلا خلايا بلا قيمة.
space-warning-zones-cross = { $n } من الأماكن تقطع حدودها نفسها وليست مساحات صحيحة؛ ويُحسب جانبا التقاطع داخلين. أولها { $first }، عند { $at }.
space-warning-zones-outside = { $n } من { $all } من الأماكن تقع خارج الشبكة ولا أرقام لها.
space-warning-zones-partly = { $n } من الأماكن يقع جزء منها خارج { $file }؛ والمجاميع للجزء الداخل.
space-warning-zones-swapped = لا يقع أي مكان على الشبكة، ويقع عليها { $n } لو تبادل خط الطول وخط العرض موضعيهما: خط الطول أولًا.
space-warning-zones-thin = { $n } من الأماكن لها قيم في أقل من تسعة أعشار مساحتها.
space-warning-zones-without-centre = { $n } من الأماكن لا تضم مركز أي خلية.
space-warning-zones-without-value = { $n } من الأماكن ليس لها خلية ذات قيمة في { $file }.
space-within = ضمن: { $boundary }
space-within-head = ضمن أي حدود
survey-all = الجميع
survey-among = فقط من ينطبق عليهم
survey-answer = الإجابة
survey-answers = معنى الإجابات
survey-answers-note = الإجابة بلا معنى مجهولة: لا جيدة ولا سيئة.
survey-between = بين { $low } و{ $high } بثقة 95٪
survey-by = التفصيل حسب
survey-codebook = دليل الترميز
survey-codebook-lead = أي سؤال في هذا المسح يسأل عن ماذا؟ هنا اقتراح، وأنت تعرف الاستبيان.
survey-compute = احسب
survey-concept = المفهوم
survey-concepts = المفاهيم والمتغيرات
survey-degf = درجات الحرية
survey-drawing = رسم الفترة
survey-effect = أثر التصميم
survey-error = الخطأ المعياري
survey-export = تصدير من ODK أو Kobo
survey-export-note = اختر أرشيف zip من ODK Central أو ملفات CSV من Briefcase أو مصنف KoboToolbox، ومعه الاستمارة (XLSForm، ‎.xlsx) التي تقول معنى الإجابات. إن كان في الاستمارة عدة تكرارات فسمِّ هنا التكرار الذي يسرد الأفراد؛ و«none» تجعل كل إرسال صفاً.
survey-fail-place = لا يوجد مكان «{ $place }». اختر واحداً من القائمة.
survey-figures = الأرقام
survey-files = الملفات
survey-files-elsewhere = ملفات هذا المسح ليست على هذه العقدة. حمّل الملفات نفسها هنا فيمكن حساب أرقامها من جديد.
survey-files-note = الأسر، والأفراد إن وُجدوا: CSV أو Parquet أو Stata (.dta) أو SPSS (.sav, .zsav). يمكن أن يرافق ملف CSV قائمة تسميات بأعمدة variable وvalue وvalue_label.
survey-flag-cv-above-20 = يتجاوز الخطأ 20 % من القيمة
survey-flag-cv-above-30 = يتجاوز الخطأ 30 % من القيمة: لا تنشره
survey-flag-few-degrees-of-freedom = أقل من 8 درجات حرية: الخطأ نفسه غير معروف جيداً
survey-flag-few-rows = يستند إلى أقل من 25 صفاً
survey-flag-lonely-strata = لإحدى الطبقات وحدة معاينة واحدة فقط
survey-flag-outside-range = يخرج المجال عن المدى الممكن
survey-flag-replicates-lost = بعض النسخ المتكررة لم تعطِ قيمة
survey-flag-rows-25-to-49 = يستند إلى ما بين 25 و49 صفاً
survey-holds = ما فيه
survey-interval = فترة 95٪
survey-lead = حمّل مسح أسر، وبيّن معنى أسئلته، وانظر ما يقوله عن الأحياء الفقيرة والخدمات والسكن، مع خطأ عينته.
survey-left-out = لم يُسأل عنه وتُرك
survey-load = تحميل مسح
survey-load-button = التحميل واقتراح دليل ترميز
survey-loaded = حُمّل المسح. انظر دليل الترميز المقترح وصححه ثم انتقل إلى الأرقام.
survey-lonely = طبقة بوحدة واحدة
survey-made-of = ممَّ صُنعت هذه الأرقام
survey-made-of-assets = أو أخماس تُصنع من المقتنيات
survey-made-of-assets-note = أسماء متغيرات تفصلها فواصل؛ يرتب المكوّن الرئيسي الأول الأسر، والأخماس من السكان
survey-meaning = المعنى
survey-n = الصفوف
survey-n-answers = { $n ->
        [zero] لا إجابات
        [one] إجابة واحدة
        [two] إجابتان
        [few] { $n } إجابات
        [many] { $n } إجابة
       *[other] { $n } إجابة
    }
survey-n-open = { $n ->
        [zero] لا شيء بلا معنى
        [one] واحدة بلا معنى
        [two] اثنتان بلا معنى
        [few] { $n } بلا معنى
        [many] { $n } بلا معنى
       *[other] { $n } بلا معنى
    }
survey-no-meaning = غير معروف
survey-none = لم يُحمَّل مسح بعد.
survey-not-asked = لم يُسأل
survey-not-here = ملفاته على عقدة أخرى
survey-note = ملاحظة
survey-people = الأشخاص أو الأسر
survey-publish = النشر
survey-publish-button = نشر هذه الأرقام
survey-publish-note = يصير كل رقم ملاحظة بخطئها وحجمها وكيفية صنعها. وقد يلزم أن يوافق آخرون أولاً.
survey-published = نُشر.
survey-record = السجل
survey-repeat = تكرار الأفراد
survey-rule = القاعدة
survey-rule-set = مجموعة القواعد
survey-sample-title = مسح تمريني لنيروبي
survey-see-indicator = انظر المؤشر
survey-settings = إعدادات المسح
survey-stays = تبقى إجابات الناس والأسر على هذه العقدة. لا تخرج منها إلا الأرقام، ولا رقم يقوم على قلة منهم.
survey-surveys = المسوح
survey-table = تقديرات مع خطأ العينة
survey-threshold = يُحجب دون هذا العدد من الصفوف
survey-title = الاسم
survey-to-figures = إلى الأرقام
survey-try = للتجربة فقط؟
survey-try-button = تحميل المسح التمريني
survey-try-note = يحمل البرنامج مسحاً مخترعاً لـ 1200 أسرة في خمسة أحياء من نيروبي.
survey-unknown = لا يمكن معرفته لـ
survey-used = الأسئلة المستخدمة
survey-variable = المتغير في الملف
survey-weighted = مرجَّح بـ
survey-withheld = محجوب: الأشخاص قليلون جداً، أو قد يكشف مجموعة صغيرة
survey-without-units = لا تُعرف وحدة معاينة، فهذه الأخطاء أصغر من الواقع. سمِّها في دليل الترميز.
table-sort = الترتيب حسب هذا العمود
table-sorted = مرتّب حسب
